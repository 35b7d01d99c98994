// One batch after the other of what comes in: as many records as there are, up to the batch size and to what an
// invocation may carry, or as many as come within the window.

import type { Clock } from "../clock";
import type { Mapping } from "./mapping";
import type { StreamRecord } from "./stream-record";
import { createSignal, pauseOn, Stopped } from "./waiting";

/** Lambda's limit of an event. */
const MOST_EVENT_BYTES = 6 * 1_024 * 1_024;

export type Lane = {
  push(record: StreamRecord): void;
  waiting(): number;
};

export function createLane(options: {
  readonly mapping: Pick<Mapping, "batchSize" | "windowMs">;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  /** How late the stream is, in chosen weather. */
  readonly lateMs: () => number;
  /** Rejects only when the streams stop. */
  readonly deliver: (records: readonly StreamRecord[]) => Promise<void>;
}): Lane {
  const { mapping, clock, stop } = options;
  const queue: StreamRecord[] = [];
  const pushed = createSignal(stop);

  /** Until the batch is full or the window since its first record is over. */
  const gather = async (): Promise<void> => {
    let isOver = false;
    const cancel = clock.after(mapping.windowMs, () => {
      isOver = true;
      pushed.raise();
    });
    while (!isOver && queue.length < mapping.batchSize && !stop.aborted) await pushed.raised();
    cancel();
  };
  const take = (): readonly StreamRecord[] => {
    let bytes = 0;
    const end = queue.findIndex((record, at) => {
      bytes += record.bytes;
      return at >= mapping.batchSize || (at > 0 && bytes > MOST_EVENT_BYTES);
    });
    return queue.splice(0, end < 0 ? queue.length : end);
  };
  const run = async (): Promise<void> => {
    for (;;) {
      while (queue.length === 0 && !stop.aborted) await pushed.raised();
      if (mapping.windowMs > 0) await gather();
      const lateMs = options.lateMs();
      if (lateMs > 0) await pauseOn(clock, lateMs, stop);
      if (stop.aborted) return;
      await options.deliver(take());
    }
  };
  run().catch((error: unknown) => {
    if (!(error instanceof Stopped)) throw error;
  });

  return {
    push: (record) => {
      queue.push(record);
      pushed.raise();
    },
    waiting: () => queue.length,
  };
}
