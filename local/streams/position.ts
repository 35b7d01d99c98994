// How far a mapping is, on disk: for each shard the last record that is done. A record after it comes again after a
// crash, so writing it down may lag a little; it must never be ahead.

import { isRecord } from "../template/json";
import { openDurableFile } from "../user-pool/durable-file";

export type ShardPosition =
  /** Without `after`: from its beginning. */
  { readonly is: "reading"; readonly after?: string } | { readonly is: "read" };

type Stored = { stream: string | undefined; shards: Record<string, ShardPosition> };

export type Position = {
  readonly stream: () => string | undefined;
  /** Another stream of the same table has numbers of its own: all is forgotten. */
  begin(stream: string): void;
  of(shardId: string): ShardPosition | undefined;
  set(shardId: string, position: ShardPosition): void;
  /** Forgets the shards that the stream does not have any more. */
  keep(shardIds: ReadonlySet<string>): void;
  saved(): Promise<void>;
};

/** So many records come again at most as are done in this time. Each saving flushes the disk. */
const SAVE_AFTER_MS = 100;

const isStored = (value: unknown): value is Stored =>
  isRecord(value) && isRecord(value["shards"]) && Object.values(value["shards"]).every(isRecord);

export function openPosition(path: string, tell: (line: string) => void): Position {
  const { value, saved } = openDurableFile<Stored>({
    path,
    what: "the position in a stream",
    initial: () => ({ stream: undefined, shards: {} }),
    isWhole: isStored,
  });
  let timer: NodeJS.Timeout | undefined;
  const saveSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      saved().catch((error: unknown) => tell(`streams: ${String(error)}`));
    }, SAVE_AFTER_MS).unref();
  };
  return {
    stream: () => value.stream,
    begin: (stream) => {
      value.stream = stream;
      value.shards = {};
    },
    of: (shardId) => value.shards[shardId],
    set: (shardId, position) => {
      value.shards[shardId] = position;
      saveSoon();
    },
    keep: (shardIds) => {
      for (const id of Object.keys(value.shards)) if (!shardIds.has(id)) delete value.shards[id];
    },
    saved: async () => {
      clearTimeout(timer);
      timer = undefined;
      await saved();
    },
  };
}
