// A change as a function gets it.

import { createHash } from "node:crypto";
import { REGION } from "../resources";
import type { Json } from "../template/json";
import type { Change } from "./engine-streams";
import { itemBytes } from "./item-size";
import type { Mapping } from "./mapping";
import { imagesOf } from "./view";

export type StreamRecord = {
  /** As the engine numbers it: what the position on disk is made of. */
  readonly sequence: string;
  /** As the function sees it. */
  readonly number: string;
  readonly event: Json;
  readonly createdAt: number;
  readonly bytes: number;
};

/** AWS's are 21 to 40 digits long. As texts of one length they compare like numbers. */
const SEQUENCE_DIGITS = 21;

/** What deletes expired items on AWS. */
const SERVICE = { type: "Service", principalId: "dynamodb.amazonaws.com" };

export function streamRecord(
  change: Change,
  mapping: Pick<Mapping, "streamArn" | "view">,
  seen: { readonly createdAt: number; readonly byService: boolean },
): StreamRecord {
  const { streamArn, view } = mapping;
  const number = change.sequence.padStart(SEQUENCE_DIGITS, "0");
  const images = imagesOf(view, change);
  const userIdentity = change.userIdentity ?? (seen.byService ? SERVICE : undefined);
  const event = {
    // From what the record is: the same when it comes again.
    eventID: createHash("md5").update(`${streamArn}#${number}`).digest("hex"),
    eventName: change.eventName,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: REGION,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(seen.createdAt / 1_000),
      Keys: change.keys,
      ...images,
      SequenceNumber: number,
      SizeBytes: itemBytes(change.keys) + itemBytes(images.NewImage) + itemBytes(images.OldImage),
      StreamViewType: view,
    },
    ...(userIdentity !== undefined && { userIdentity }),
    eventSourceARN: streamArn,
  };
  const bytes = Buffer.byteLength(JSON.stringify(event));
  return { sequence: change.sequence, number, event, createdAt: seen.createdAt, bytes };
}
