// What Lambda hands over of the log's stream: up to a hundred new items, each as DynamoDB's typed JSON.

import * as v from "valibot";
import type { Entry } from "../../../core/domain/entry";
import { rowOf } from "./attribute-values";
import { entryOf } from "./entry-rows";

const record = v.object({ dynamodb: v.object({ SequenceNumber: v.string(), NewImage: v.unknown() }) });
const streamEvent = v.object({ Records: v.array(record) });

/** `place`: by this Lambda knows the record, and repeats it when it is answered. */
export type StreamRecord = { readonly place: string } & (
  | { readonly is: "entry"; readonly entry: Entry }
  /** No entry of ours: written by a version that this one does not know, or by hand. */
  | { readonly is: "unreadable"; readonly reason: unknown }
);

export const streamRecordsOf = (event: unknown): readonly StreamRecord[] =>
  v.parse(streamEvent, event).Records.map(({ dynamodb: { SequenceNumber: place, NewImage } }) => {
    try {
      return { place, is: "entry", entry: entryOf(rowOf(NewImage)) };
    } catch (reason) {
      return { place, is: "unreadable", reason };
    }
  });
