// What this device has written or done and not yet met in the log. Nothing here is transmitted before it is stored.
//
// Why a message is never lost and never doubled, whatever is cut where:
//   1  the message is stored with its id and with `after`: the log up to there cannot hold the id
//   2  it is transmitted, again and again if need be, always under that id
//   3  the server looks for the id above `after` before it appends, so every copy finds the first
//   4  `after` rises only past log that this device has read without meeting the id
//   5  it leaves in the transaction that stores its entry; a crash before that only repeats from 2
// `place` is the answer to 2 while log below it is missing: not sent again, still shown last.

import type { RawDraft } from "../domain/check-draft";
import type { EntryId, Seq, UserId } from "../domain/ids";
import { FRAME_BYTES } from "../domain/limits";
import type { OutboxItem, StoredEntry, Target } from "./ports/store";
import { utf8Length } from "../domain/utf8-length";

export type Pending = {
  readonly item: OutboxItem;
  /** On disk, or the disk has failed for good. */
  readonly stored: boolean;
  readonly place?: NonNullable<OutboxItem["place"]>;
  /** Queued here and never transmitted: nobody else can know of it. Without this the log may hold it already. */
  readonly fresh?: true;
};

/** `send` without its entries, at its longest: every field of it has a bound (see protocol/shapes.ts). */
const ENVELOPE_BYTES = 500;

/**
 * The next entries to transmit: the oldest that wait, without a hole in their order. What points at a message
 * without a slot waits for its answer, and all behind it; a delete that may still be taken back lets others pass, and
 * so does what points at a message that has failed.
 */
export function nextBatch(pending: readonly Pending[], most: number, now: number): readonly OutboxItem[] {
  const batch: OutboxItem[] = [];
  let bytes = ENVELOPE_BYTES;
  for (const { item, stored, place } of pending) {
    if (place || item.state.is === "failed" || holdMs(item, now) > 0) continue;
    const draft = wireEntry(item);
    if (!draft && !waitsFor(pending, targetOf(item))) continue;
    if (!draft || !stored || batch.length === most) break;
    bytes += wireBytes(draft);
    if (batch.length > 0 && bytes > FRAME_BYTES) break;
    batch.push(item);
  }
  return batch;
}

const waitsFor = (pending: readonly Pending[], target: Target | undefined): boolean =>
  pending.some(({ item }) => item.id === target && item.state.is === "waiting");

/** How much longer it is not to be sent. A clock that was set back does not make it longer than it was. */
export const holdMs = (item: OutboxItem, now: number): number =>
  item.kind === "delete" && now >= item.queuedAt ? Math.max(0, item.notBefore - now) : 0;

export const targetOf = (item: OutboxItem): Target | undefined =>
  "target" in item ? item.target : undefined;

/**
 * Undefined while its message has no slot. What TEXT_BYTES allows always fits alone: these are bytes of a frame.
 */
export function wireEntry(item: OutboxItem): RawDraft | undefined {
  const { id } = item;
  switch (item.kind) {
    case "message":
      return { kind: "message", id, body: { text: item.body.text } };
    case "closed":
    case "opened":
      return { kind: item.kind, id };
    case "edit":
    case "delete":
    case "reaction":
      return typeof item.target === "number" ? wireAmendment(item, item.target) : undefined;
    default:
      return item satisfies never;
  }
}

function wireAmendment(
  item: Extract<OutboxItem, { readonly target: Target }>,
  target: Seq,
): RawDraft | undefined {
  const { id } = item;
  switch (item.kind) {
    case "edit":
      return { kind: "edit", id, target, body: { text: item.body.text } };
    case "delete":
      return { kind: "delete", id, target };
    case "reaction":
      return { kind: "reaction", id, target, ...(item.emoji === undefined ? {} : { emoji: item.emoji }) };
    default:
      return item satisfies never;
  }
}

const wireBytes = (draft: RawDraft): number => utf8Length(JSON.stringify(draft)) + 1;

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
  const looked = pending.map((one): Pending => {
    const entry = met.get(one.item.id);
    if (entry) return placed(one.item, one.stored, { seq: entry.seq, at: entry.at });
    if (one.item.after < after || one.item.after >= upTo) return one;
    return { ...one, item: { ...one.item, after: upTo } };
  });
  return met.size > 0 ? looked.map((one) => pointedAt(one, met)) : looked;
}

const placed = (item: OutboxItem, stored: boolean, place: NonNullable<OutboxItem["place"]>): Pending => ({
  item: { ...item, place },
  stored,
  place,
});

/** As it was stored. */
export const pendingOf = (item: OutboxItem, stored: boolean): Pending =>
  item.place ? placed(item, stored, item.place) : { item, stored };

/** What points at a message that now has a slot points at the slot. */
function pointedAt(one: Pending, met: ReadonlyMap<EntryId, StoredEntry>): Pending {
  const { item } = one;
  if (!("target" in item) || typeof item.target === "number") return one;
  const entry = met.get(item.target);
  return entry ? { ...one, item: { ...item, target: entry.seq } } : one;
}
