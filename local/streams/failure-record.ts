// What Lambda tells an on-failure destination: which records were given up and why, not what was in them.

import { randomUUID } from "node:crypto";
import type { Json } from "../template/json";
import type { Mapping } from "./mapping";
import type { StreamRecord } from "./stream-record";

export type GivenUp = {
  readonly records: readonly StreamRecord[];
  readonly because: "RetryAttemptsExhausted" | "RecordAgeExceeded";
  readonly invocations: number;
  /** Whether the function itself failed, or only reported failures. Undefined where it never ran. */
  readonly last: "error" | "report" | undefined;
  readonly shardId: string;
  readonly at: number;
};

export function failureRecord(
  { functionArn, streamArn }: Pick<Mapping, "functionArn" | "streamArn">,
  { records, because, invocations, last, shardId, at }: GivenUp,
): Json {
  const [first] = records;
  const final = records.at(-1);
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn,
      condition: because,
      approximateInvokeCount: invocations,
    },
    ...(last !== undefined && {
      responseContext: {
        statusCode: 200,
        executedVersion: "$LATEST",
        ...(last === "error" && { functionError: "Unhandled" }),
      },
    }),
    version: "1.0",
    timestamp: new Date(at).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.number,
      endSequenceNumber: final?.number,
      approximateArrivalOfFirstRecord: toSeconds(first?.createdAt ?? at),
      approximateArrivalOfLastRecord: toSeconds(final?.createdAt ?? at),
      batchSize: records.length,
      streamArn,
    },
  };
}

/** "2019-11-14T00:13:19Z" */
const toSeconds = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
