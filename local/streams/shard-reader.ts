// One shard, read from its position to its end: each record goes to the lane of its partition key, and the position
// follows what is done. Engines that do not answer are asked again, for as long as it takes.

import { createHash } from "node:crypto";
import type { Clock } from "../clock";
import {
  type Change,
  changedNothing,
  type EngineStream,
  type EngineStreams,
  MOST_READ,
  type Page,
} from "./engine-streams";
import { createLane } from "./lane";
import type { Mapping } from "./mapping";
import { createOutstanding } from "./outstanding";
import { createPace } from "./pace";
import type { Position } from "./position";
import { type StreamRecord, streamRecord } from "./stream-record";
import { createSignal } from "./waiting";

export type ShardReader = {
  nudge(): void;
  /** Whether a reading that began at this instant or later found nothing, and all before it is done. */
  isCaughtUp(since: number): boolean;
  /** Resolves when the shard has ended and all of it is done, or when the streams stop. */
  readonly ended: Promise<void>;
};

export type ShardReaderOptions = {
  readonly mapping: Mapping;
  readonly engine: EngineStreams;
  readonly stream: EngineStream;
  readonly shardId: string;
  readonly position: Position;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  readonly lateMs: () => number;
  readonly deletedByService: (change: Change) => boolean;
  readonly deliver: (
    records: readonly StreamRecord[],
    settle: (records: readonly StreamRecord[]) => void,
  ) => Promise<void>;
  /** Retries until it comes about. */
  readonly persist: <T>(action: () => Promise<T>) => Promise<T>;
  /** Counts instants for `isCaughtUp`. */
  readonly tick: () => number;
  readonly onProgress: () => void;
};

/** A stream keeps a record for a day; the engines may for longer. */
const RETENTION_MS = 24 * 3_600_000;
/** An engine tells the minute of a record; one that was read in that minute is as old as its reading. */
const COARSEST_MS = 60_000;
/** Records that are read and not done yet are kept in memory. */
const MOST_OUTSTANDING = 10_000;

export function startShardReader(options: ShardReaderOptions): ShardReader {
  const { mapping, engine, stream, shardId, position, clock, stop, persist } = options;
  const outstanding = createOutstanding();
  const settled = createSignal(stop);
  const pace = createPace(stop);
  const most = Math.min(MOST_OUTSTANDING, 2 * mapping.lanes * mapping.batchSize);
  let emptySince = -1;

  const settle = (records: readonly { readonly sequence: string }[]): void => {
    for (const { sequence } of records) {
      const after = outstanding.settle(sequence);
      if (after !== undefined) position.set(shardId, { is: "reading", after });
    }
    settled.raise();
    options.onProgress();
  };
  const lanes = Array.from({ length: mapping.lanes }, () =>
    createLane({
      mapping,
      clock,
      stop,
      lateMs: options.lateMs,
      deliver: (records) => options.deliver(records, settle),
    }),
  );

  const take = (change: Change): void => {
    outstanding.add(change.sequence);
    const offsetMs = clock.now() - Date.now();
    const isRecent = change.at > Date.now() - COARSEST_MS;
    const createdAt = isRecent ? clock.now() : change.at + offsetMs;
    const isGone =
      change.at < Date.now() - RETENTION_MS || (stream.openedAt !== undefined && change.at < stream.openedAt);
    const byService = change.eventName === "REMOVE" && options.deletedByService(change);
    const record = streamRecord(change, mapping, { createdAt, byService });
    const { filters } = mapping;
    const isWanted = filters.length === 0 || filters.some((matches) => matches(record.event));
    if (isGone || changedNothing(change) || !isWanted) return settle([record]);
    lanes[laneOf(change.keys[stream.partitionKey], mapping.lanes)]?.push(record);
  };

  const run = async (): Promise<void> => {
    const begun = position.of(shardId);
    let after = begun?.is === "reading" ? begun.after : undefined;
    let iterator: string | undefined;
    const readOnce = async (): Promise<Page> => {
      iterator ??= await engine.iterator(stream.arn, shardId, after);
      const page = await engine.read(iterator, Math.min(MOST_READ, most - outstanding.size()));
      if (page === "expired") {
        iterator = undefined;
        return readOnce();
      }
      return page;
    };
    while (!stop.aborted) {
      while (outstanding.size() >= most && !stop.aborted) await settled.raised();
      const begunAt = options.tick();
      await pace.reading();
      const { changes, next } = await persist(readOnce);
      iterator = next;
      for (const change of changes) take(change);
      after = changes.at(-1)?.sequence ?? after;
      if (next === undefined) break;
      if (changes.length > 0) {
        pace.quicken();
        continue;
      }
      emptySince = begunAt;
      options.onProgress();
      await pace.wait();
    }
    while (outstanding.size() > 0 && !stop.aborted) await settled.raised();
    if (!stop.aborted) position.set(shardId, { is: "read" });
  };

  return {
    nudge: () => pace.nudge(),
    isCaughtUp: (since) => emptySince >= since && outstanding.size() === 0,
    ended: run(),
  };
}

function laneOf(partition: unknown, lanes: number): number {
  if (lanes === 1) return 0;
  return (
    createHash("md5")
      .update(JSON.stringify(partition) ?? "")
      .digest()
      .readUInt32BE() % lanes
  );
}
