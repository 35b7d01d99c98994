// What the domain knows, as the frames say it. Named field by field: what only the server needs stays here, and a
// field that the domain gains is not sent to anyone by accident.

import type { Entry } from "../domain/entry";
import { PREVIEW_BYTES, PREVIEW_CHARACTERS } from "../domain/limits";
import type { Notice } from "../domain/notice";
import type { Summary } from "../domain/summary";
import { firstCharacters } from "../domain/text";
import type { Down, DownFrame } from "./down";

export type WireEntry = Down<"entry">["entry"];
export type WireSummary = Down<"welcome">["conversations"][number];
type WireAppended = NonNullable<Down<"ok">["appended"]>[number];

export function wireEntry(entry: Entry): WireEntry {
  const { conversation, seq, id, from, device, at, state } = entry;
  const placed = { conversation, seq, id, from, device, at, tally: wireTally(entry.tally), state };
  switch (entry.kind) {
    case "message":
      return { kind: "message", body: { text: entry.body.text }, ...placed };
    case "closed":
    case "opened":
      return { kind: entry.kind, ...placed };
    default:
      return entry satisfies never;
  }
}

export const wireAppended = ({ id, seq, at, tally }: Entry): WireAppended => ({
  id,
  seq,
  at,
  tally: wireTally(tally),
});

export function wireSummary(summary: Summary): WireSummary {
  const { conversation, peer, activeAt, mine, theirs } = summary;
  const line = { conversation, peer, activeAt, mine, tallyAtRead: wireTally(summary.tallyAtRead), theirs };
  if (!summary.tail) return line;
  const tail = wireEntry(summary.tail);
  if (tail.kind !== "message") return { ...line, tail };
  const text = firstCharacters(tail.body.text, PREVIEW_CHARACTERS, PREVIEW_BYTES);
  if (text === tail.body.text) return { ...line, tail };
  return { ...line, tail: { ...tail, body: { text } }, cut: true };
}

/** What is pushed, as the frame that carries it. */
export function encodeNotice(notice: Notice): DownFrame {
  switch (notice.is) {
    case "entry":
      return { type: "entry", entry: wireEntry(notice.entry) };
    case "marks": {
      const { conversation, user, marks } = notice;
      return { type: "marks", conversation, user, marks: { delivered: marks.delivered, read: marks.read } };
    }
    case "typing":
      return { type: "typing", conversation: notice.conversation, user: notice.user, typing: notice.typing };
    case "presence":
      return { type: "presence", user: notice.user, presence: notice.presence };
    default:
      return notice satisfies never;
  }
}

/** A tally without its maybes: absent means none. */
const wireTally = (tally: Entry["tally"]): Record<string, number> =>
  Object.fromEntries(Object.entries(tally).map(([user, count]) => [user, count ?? 0]));
