// A batch on its way to the function, until each of its records is done or given up. Nothing behind it moves on
// meanwhile, which keeps the order.
//
//   ┌─> too old? ──> given up
//   │   invoke ──ok──> done
//   │     │ failed: all of it, or what is left from the lowest reported failure on
//   │     ├─ more than one record, bisecting ──> two halves, first the first ─┐
//   │     ├─ no retries left ──> given up                                    │
//   └─────┴─ wait, again <───────────────────────────────────────────────────┘
//
// Splitting takes nothing from the retries, and neither does an invocation that did not come about: so it is on AWS.

import type { Clock } from "../clock";
import type { Functions } from "../resources";
import type { GivenUp } from "./failure-record";
import type { Mapping } from "./mapping";
import { outcomeOf, type Outcome } from "./outcome";
import type { StreamRecord } from "./stream-record";
import { pauseOn, Stopped } from "./waiting";

/** Lambda does not say how it backs off. This is short at first, and never longer than people wait for a mend. */
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 10_000;

export type Delivery = {
  readonly mapping: Mapping;
  readonly functions: Functions;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  /** Whether a batch that passed comes once more, as it does when its passing was not noted. */
  readonly replay: () => boolean;
  readonly settle: (records: readonly StreamRecord[]) => void;
  readonly giveUp: (what: Omit<GivenUp, "shardId" | "at">) => Promise<void>;
  readonly tell: (line: string) => void;
};

type Piece = {
  readonly records: readonly StreamRecord[];
  readonly failures: number;
  readonly invocations: number;
  readonly last: GivenUp["last"];
  readonly isReplay: boolean;
};

export async function deliver(delivery: Delivery, records: readonly StreamRecord[]): Promise<void> {
  const pieces: Piece[] = [{ records, failures: 0, invocations: 0, last: undefined, isReplay: false }];
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift())
    pieces.unshift(...(await attempt(delivery, piece)));
}

/** What is left to do of it. */
async function attempt(delivery: Delivery, piece: Piece): Promise<readonly Piece[]> {
  const { mapping, clock, stop } = delivery;
  const tooOld = (record: StreamRecord) => clock.now() - record.createdAt > mapping.mostAgeMs;
  const fresh = piece.records.findIndex((record) => !tooOld(record));
  if (fresh !== 0) {
    const old = { ...piece, records: fresh < 0 ? piece.records : piece.records.slice(0, fresh) };
    await delivery.giveUp({ ...old, because: "RecordAgeExceeded" });
    delivery.settle(old.records);
    return fresh < 0 ? [] : [{ ...piece, records: piece.records.slice(fresh) }];
  }
  const outcome = await invoke(delivery, piece.records);
  // What it answers to streams that stop counts for nothing: the records come again after the start.
  if (stop.aborted) throw new Stopped();
  const tried: Piece = { ...piece, invocations: piece.invocations + 1 };
  switch (outcome.is) {
    case "done":
      if (!piece.isReplay && delivery.replay()) return [{ ...tried, isReplay: true }];
      delivery.settle(piece.records);
      return [];
    case "not-invoked":
      await pauseOn(clock, FIRST_BACKOFF_MS, stop);
      return [piece];
    case "partly": {
      delivery.settle(piece.records.slice(0, outcome.from));
      const left: Piece = { ...tried, last: "report", records: piece.records.slice(outcome.from) };
      return mapping.bisects ? [left] : again(delivery, left);
    }
    case "failed": {
      const failed: Piece = { ...tried, last: outcome.by };
      return mapping.bisects && failed.records.length > 1 ? halves(failed) : again(delivery, failed);
    }
    default:
      return outcome satisfies never;
  }
}

async function invoke(delivery: Delivery, records: readonly StreamRecord[]): Promise<Outcome> {
  const { mapping, functions, tell } = delivery;
  try {
    const event = { Records: records.map((record) => record.event) };
    const invocation = await functions.invoke(mapping.functionArn, event, "stream");
    return outcomeOf(invocation, records, mapping.reportsFailures);
  } catch (error) {
    tell(`streams: ${error instanceof Error ? error.message : String(error)}`);
    return { is: "not-invoked" };
  }
}

function halves(piece: Piece): readonly Piece[] {
  const middle = Math.ceil(piece.records.length / 2);
  return [
    { ...piece, records: piece.records.slice(0, middle) },
    { ...piece, records: piece.records.slice(middle) },
  ];
}

async function again(delivery: Delivery, piece: Piece): Promise<readonly Piece[]> {
  if (piece.failures >= delivery.mapping.mostRetries) {
    await delivery.giveUp({ ...piece, because: "RetryAttemptsExhausted" });
    delivery.settle(piece.records);
    return [];
  }
  const waitMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** piece.failures);
  await pauseOn(delivery.clock, waitMs, delivery.stop);
  return [{ ...piece, failures: piece.failures + 1 }];
}
