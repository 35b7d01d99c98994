// What this device has written and not yet met in the log. Nothing here is transmitted before it is stored.
//
// Why a message is never lost and never doubled, whatever is cut where:
//   1  the message is stored with its id and with `after`: the log up to there cannot hold the id
//   2  it is transmitted, again and again if need be, always under that id
//   3  the server looks for the id above `after` before it appends, so every copy finds the first
//   4  `after` rises only past log that this device has read without meeting the id
//   5  it leaves in the transaction that stores its entry; a crash before that only repeats from 2
// `place` is the answer to 2 while log below it is missing: not sent again, still shown last.

import type { Seq, UserId } from "../domain/ids";
import { FRAME_BYTES } from "../domain/limits";
import type { OutboxItem, StoredEntry } from "./ports/store";
import { utf8Length } from "../domain/utf8-length";

export type Pending = {
  readonly item: OutboxItem;
  /** On disk, or the disk has failed for good. */
  readonly stored: boolean;
  readonly place?: { readonly seq: Seq; readonly at: number };
};

/** `send` without its entries, at its longest: every field of it has a bound (see protocol/shapes.ts). */
const ENVELOPE_BYTES = 500;

/** The next entries to transmit: the oldest that wait, without a hole in their order. */
export function nextBatch(pending: readonly Pending[], most: number): readonly OutboxItem[] {
  const batch: OutboxItem[] = [];
  let bytes = ENVELOPE_BYTES;
  for (const { item, stored, place } of pending) {
    if (place || item.state.is === "failed") continue;
    bytes += wireBytes(item);
    if (!stored || batch.length === most || (batch.length > 0 && bytes > FRAME_BYTES)) break;
    batch.push(item);
  }
  return batch;
}

/** What TEXT_BYTES allows always fits alone: the worst text, all quotes, doubles on the wire. */
export const wireEntry = ({ id, body }: OutboxItem) =>
  ({ kind: "message", id, body: { text: body.text } }) as const;

const wireBytes = (item: OutboxItem): number => utf8Length(JSON.stringify(wireEntry(item))) + 1;

export type ReadLog = {
  readonly me: UserId;
  /** The log from here … */
  readonly after: Seq;
  /** … up to here was read; it holds these entries and no others. */
  readonly upTo: Seq;
  readonly entries: readonly StoredEntry[];
};

/** After a stretch of log was read: what is in it has its place, what is not is not below its end. */
export function pastLog(
  pending: readonly Pending[],
  { me, after, upTo, entries }: ReadLog,
): readonly Pending[] {
  if (pending.length === 0) return pending;
  const met = new Map(entries.filter(({ from }) => from === me).map((entry) => [entry.id, entry]));
  return pending.map((one) => {
    const entry = met.get(one.item.id);
    if (entry) return { ...one, place: { seq: entry.seq, at: entry.at } };
    if (one.item.after < after || one.item.after >= upTo) return one;
    return { ...one, item: { ...one.item, after: upTo } };
  });
}
