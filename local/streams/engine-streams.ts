// The streams API of an engine, taken apart. The engines differ:
//
//   dynoxide         one shard for ever, which DescribeStream shows as closed; numbers "1", "2", …; a record also for a
//                    write that changed nothing; records of an earlier stream of the table stay in sight
//   DynamoDB Local   shards close after hours, and a child follows; numbers of 21 digits; iterators end in 15 minutes

import { isDeepStrictEqual } from "node:util";
import { engineClient, EngineError } from "../tables/engine-client";
import { isRecord, type Json, listAt, recordAt, textAt } from "../template/json";

export type Shard = { readonly id: string; readonly parent: string | undefined };

export type EngineStream = {
  readonly arn: string;
  readonly partitionKey: string;
  /** Where records of an earlier stream stay in sight: when this one was opened. */
  readonly openedAt: number | undefined;
};

export type Change = {
  readonly sequence: string;
  readonly eventName: string;
  readonly keys: Json;
  readonly newImage: Json | undefined;
  readonly oldImage: Json | undefined;
  /** Coarse: seconds, in DynamoDB Local minutes. */
  readonly at: number;
  readonly userIdentity: Json | undefined;
};

export type Page = { readonly changes: readonly Change[]; readonly next: string | undefined };

export type EngineStreams = {
  find(table: string): Promise<EngineStream>;
  shards(arn: string): Promise<readonly Shard[]>;
  /** After a record, or from the beginning: also where that record is gone. */
  iterator(arn: string, shardId: string, after: string | undefined): Promise<string>;
  /** "expired" where the iterator is not good any more. */
  read(iterator: string, most: number): Promise<Page | "expired">;
};

/** What one reading brings at most, by the API. */
export const MOST_READ = 1_000;

export function engineStreams(endpoint: () => string): EngineStreams {
  const call = (action: string, input: Json) =>
    engineClient(endpoint(), "DynamoDBStreams_20120810")(action, input);
  return {
    find: async (table) => {
      const description = await engineClient(endpoint())("DescribeTable", { TableName: table });
      const found = recordAt(description, "Table");
      const arn = textAt(found, "LatestStreamArn");
      if (arn === undefined || recordAt(found, "StreamSpecification")["StreamEnabled"] !== true)
        throw new Error(`unable to read the stream of ${table}; the engine has none open`);
      const hash = listAt(found, "KeySchema").find((key) => textAt(key, "KeyType") === "HASH");
      const opened = /^\d+\.\d+$/.exec(textAt(found, "LatestStreamLabel") ?? "")?.[0];
      return {
        arn,
        partitionKey: textAt(hash, "AttributeName") ?? "",
        openedAt: opened === undefined ? undefined : 1_000 * Math.floor(Number(opened)),
      };
    },
    shards: async (arn) => {
      const shards: Shard[] = [];
      let last: string | undefined;
      do {
        const answer = await call("DescribeStream", {
          StreamArn: arn,
          ...(last !== undefined && { ExclusiveStartShardId: last }),
        });
        const description = recordAt(answer, "StreamDescription");
        for (const shard of listAt(description, "Shards")) {
          const id = textAt(shard, "ShardId");
          if (id !== undefined) shards.push({ id, parent: textAt(shard, "ParentShardId") });
        }
        last = textAt(description, "LastEvaluatedShardId");
      } while (last !== undefined);
      return shards;
    },
    iterator: async (arn, shardId, after) => {
      const at = async (place: Json) => {
        const answer = await call("GetShardIterator", { StreamArn: arn, ShardId: shardId, ...place });
        return textAt(answer, "ShardIterator") ?? "";
      };
      const beginning = { ShardIteratorType: "TRIM_HORIZON" };
      if (after === undefined) return at(beginning);
      return at({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: after }).catch(
        (error: unknown) => {
          if (error instanceof EngineError && error.code === TRIMMED) return at(beginning);
          throw error;
        },
      );
    },
    read: async (iterator, most) => {
      try {
        const answer = await call("GetRecords", { ShardIterator: iterator, Limit: most });
        const changes = listAt(answer, "Records").map(changeIn);
        return { changes, next: textAt(answer, "NextShardIterator") };
      } catch (error) {
        if (error instanceof EngineError && OLD_ITERATOR.includes(error.code)) return "expired";
        throw error;
      }
    },
  };
}

const TRIMMED = "TrimmedDataAccessException";
const OLD_ITERATOR = ["ExpiredIteratorException", TRIMMED];

function changeIn(raw: unknown): Change {
  const change = recordAt(raw, "dynamodb");
  const image = (name: string) => (isRecord(change[name]) ? change[name] : undefined);
  const seconds = change["ApproximateCreationDateTime"];
  const identity = recordAt(raw, "userIdentity");
  return {
    sequence: textAt(change, "SequenceNumber") ?? "",
    eventName: textAt(raw, "eventName") ?? "",
    keys: recordAt(change, "Keys"),
    newImage: image("NewImage"),
    oldImage: image("OldImage"),
    at: typeof seconds === "number" ? 1_000 * seconds : 0,
    userIdentity: Object.keys(identity).length === 0 ? undefined : identity,
  };
}

/** AWS records nothing where a write left the item as it was. */
export const changedNothing = ({ newImage, oldImage }: Change): boolean =>
  newImage !== undefined && oldImage !== undefined && isDeepStrictEqual(newImage, oldImage);
