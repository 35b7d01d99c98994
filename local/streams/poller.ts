// A mapping at work: finds the table's stream in the engine, and reads its shards, parents before their children.

import { join } from "node:path";
import type { Clock } from "../clock";
import type { Functions } from "../resources";
import { deliver } from "./deliver";
import type { Change, EngineStream, EngineStreams, Shard } from "./engine-streams";
import { failureRecord, type GivenUp } from "./failure-record";
import { endOf } from "./latest";
import type { Mapping } from "./mapping";
import { openPosition } from "./position";
import { type ShardReader, startShardReader } from "./shard-reader";
import { createSignal, pauseFor, Stopped } from "./waiting";

export type Weather = {
  /** How much later than usual a batch reaches its function. */
  delayMs?(): number;
  /** Whether a batch that passed comes once more. */
  replay?(): boolean;
};

export type PollerOptions = {
  readonly mapping: Mapping;
  readonly engine: EngineStreams;
  readonly functions: Functions;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly weather: Weather;
  readonly deletedByService: (table: string, change: Change) => boolean;
  readonly send: (arn: string, body: string) => Promise<void>;
  readonly tell: (line: string) => void;
};

export type Poller = {
  readonly table: string;
  nudge(): void;
  /** Resolves when all that was written before is done. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/** An engine that is being started again is back in a second. */
const ENGINE_BACK_MS = 250;
/** A stream that was just opened may have no shard yet. */
const NO_SHARD_MS = 250;

export function startPoller(options: PollerOptions): Poller {
  const { mapping, engine, clock, tell } = options;
  const stopping = new AbortController();
  const stop = stopping.signal;
  const position = openPosition(join(options.dataDir, "streams", `${mapping.id}.json`), tell);
  const readers = new Map<string, ShardReader>();
  const reading = new Set<Promise<void>>();
  const ended = createSignal(stop);
  const progress = createSignal(stop);
  let instant = 0;
  let isWhole = false;

  const persist = async <T>(action: () => Promise<T>): Promise<T> => {
    for (let told: string | undefined; ;) {
      if (stop.aborted) throw new Stopped();
      try {
        return await action();
      } catch (error) {
        if (error instanceof Stopped) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== told && !stop.aborted) tell(`streams: ${mapping.table} waits; ${reason}`);
        told = reason;
        await pauseFor(ENGINE_BACK_MS, stop);
      }
    }
  };

  const giveUp = async (what: GivenUp): Promise<void> => {
    const { onFailure } = mapping;
    const body = failureRecord(mapping, what);
    tell(
      `streams: gave up ${what.records.length} of ${mapping.table} for ${mapping.functionArn}; ${what.because}`,
    );
    // What cannot be told is lost, as it is on AWS.
    if (onFailure !== undefined)
      await options.send(onFailure, JSON.stringify(body)).catch((error: unknown) => tell(String(error)));
  };

  const start = (stream: EngineStream, shardId: string): void => {
    const reader = startShardReader({
      ...{ mapping, engine, stream, shardId, position, clock, stop, persist },
      lateMs: () => options.weather.delayMs?.() ?? 0,
      deletedByService: (change) => options.deletedByService(mapping.table, change),
      deliver: (records, settle) =>
        deliver(
          {
            ...{ mapping, clock, stop, settle, tell },
            functions: options.functions,
            replay: () => options.weather.replay?.() ?? false,
            giveUp: (what) => giveUp({ ...what, shardId, at: clock.now() }),
          },
          records,
        ),
      tick: () => ++instant,
      onProgress: () => progress.raise(),
    });
    readers.set(shardId, reader);
    const end = unlessStopped(reader.ended).then(() => {
      reading.delete(end);
      readers.delete(shardId);
      isWhole = false;
      ended.raise();
    });
    reading.add(end);
  };

  const isReady = ({ id, parent }: Shard, all: ReadonlySet<string>): boolean =>
    !readers.has(id) &&
    position.of(id)?.is !== "read" &&
    (parent === undefined || !all.has(parent) || position.of(parent)?.is === "read");

  const run = async (): Promise<void> => {
    const stream = await persist(() => engine.find(mapping.table));
    if (position.stream() !== stream.arn) {
      const latest = mapping.startAt === "LATEST" ? await persist(() => endOf(engine, stream)) : new Map();
      position.begin(stream.arn);
      for (const [shardId, at] of latest) position.set(shardId, at);
      await persist(() => position.saved());
    }
    while (!stop.aborted) {
      const shards = await persist(() => engine.shards(stream.arn));
      const all = new Set(shards.map(({ id }) => id));
      position.keep(all);
      for (const shard of shards) if (isReady(shard, all)) start(stream, shard.id);
      isWhole = readers.size > 0;
      if (isWhole) await ended.raised();
      else await pauseFor(NO_SHARD_MS, stop);
    }
  };
  const running = unlessStopped(run());

  return {
    table: mapping.table,
    nudge: () => {
      for (const reader of readers.values()) reader.nudge();
    },
    idle: async () => {
      const since = ++instant;
      for (const reader of readers.values()) reader.nudge();
      const isIdle = () => isWhole && [...readers.values()].every((reader) => reader.isCaughtUp(since));
      while (!isIdle() && !stop.aborted) await progress.raised();
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([running, ...reading]);
      await position.saved();
    },
  };
}

const unlessStopped = (work: Promise<void>): Promise<void> =>
  work.catch((error: unknown) => {
    if (!(error instanceof Stopped)) throw error;
  });
