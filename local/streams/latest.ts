import { type EngineStream, type EngineStreams, MOST_READ } from "./engine-streams";
import type { ShardPosition } from "./position";

/**
 * The end of each shard, found by reading to it: an iterator at LATEST has no number that could be kept, and what is
 * written between getting it and the first record would be lost by a crash.
 */
export async function endOf(
  engine: EngineStreams,
  { arn }: EngineStream,
): Promise<ReadonlyMap<string, ShardPosition>> {
  const shards = await engine.shards(arn);
  const ends = shards.map(async ({ id }) => [id, await endOfShard(engine, arn, id)] as const);
  return new Map(await Promise.all(ends));
}

async function endOfShard(engine: EngineStreams, arn: string, shardId: string): Promise<ShardPosition> {
  let iterator: string | undefined = await engine.iterator(arn, shardId, undefined);
  let after: string | undefined;
  while (iterator !== undefined) {
    const page = await engine.read(iterator, MOST_READ);
    if (page === "expired") throw new Error(`unable to find the end of ${arn}; it moves too fast`);
    after = page.changes.at(-1)?.sequence ?? after;
    if (page.next !== undefined && page.changes.length === 0)
      return { is: "reading", ...(after !== undefined && { after }) };
    iterator = page.next;
  }
  return { is: "read" };
}
