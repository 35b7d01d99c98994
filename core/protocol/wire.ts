// What the domain knows, as the frames say it. Named field by field: what only the server needs stays here, and a
// field that the domain gains is not sent to anyone by accident.

import type { ConversationState, Entry, Message, Reactions } from "../domain/entry";
import { PREVIEW_BYTES, PREVIEW_CHARACTERS } from "../domain/limits";
import type { Notice } from "../domain/notice";
import type { Summary } from "../domain/summary";
import { firstCharacters } from "../domain/text";
import type { Down, DownFrame } from "./down";
import { fitting } from "./fit";

export type WireEntry = Down<"entries">["entries"][number];
export type WireSummary = Down<"welcome">["conversations"][number];
type WireAppended = NonNullable<Down<"ok">["appended"]>[number];

export function wireEntry(entry: Entry): WireEntry {
  const { conversation, seq, id, from, device, at } = entry;
  const running = { tally: wireTally(entry.tally), state: wireState(entry.state) };
  const placed = { conversation, seq, id, from, device, at, ...running };
  switch (entry.kind) {
    case "message":
      return { kind: "message", body: { text: entry.body.text }, ...wireChanges(entry), ...placed };
    case "edit":
      return { kind: "edit", target: entry.target, body: { text: entry.body.text }, ...placed };
    case "delete":
      return { kind: "delete", target: entry.target, ...placed };
    case "reaction":
      return { kind: "reaction", target: entry.target, ...wireEmoji(entry), ...placed };
    case "erased":
      return { kind: "erased", was: entry.was, ...placed };
    case "closed":
    case "opened":
      return { kind: entry.kind, ...placed };
    default:
      return entry satisfies never;
  }
}

/** The original and the list of edits stay here: `history` answers with them. */
function wireChanges({ edited, reactions }: Message) {
  return {
    ...(edited ? { edited: { seq: edited.seq, at: edited.at } } : {}),
    ...(reactions ? { reactions: wireReactions(reactions) } : {}),
  };
}

const wireReactions = (reactions: Reactions) =>
  Object.fromEntries(
    Object.entries(reactions).flatMap(([user, reaction]) =>
      reaction ? [[user, { seq: reaction.seq, ...wireEmoji(reaction) }]] : [],
    ),
  );

const wireEmoji = ({ emoji }: { readonly emoji?: string }) => (emoji === undefined ? {} : { emoji });

const wireState = (state: ConversationState): WireEntry["state"] =>
  state.is === "open" ? { is: "open" } : { is: "closed", by: [...state.by] };

export const wireAppended = ({ id, seq, at, tally, state }: Entry): WireAppended => ({
  id,
  seq,
  at,
  tally: wireTally(tally),
  state: wireState(state),
});

export function wireSummary(summary: Summary): WireSummary {
  const { conversation, peer, activeAt, mine, theirs } = summary;
  const line = { conversation, peer, activeAt, mine, tallyAtRead: wireTally(summary.tallyAtRead), theirs };
  if (!summary.tail) return line;
  const tail = wireEntry(summary.tail);
  if (tail.kind !== "message" && tail.kind !== "edit") return { ...line, tail };
  const text = firstCharacters(tail.body.text, PREVIEW_CHARACTERS, PREVIEW_BYTES);
  const cut = text === tail.body.text ? {} : { cut: true as const };
  if (tail.kind === "edit") return { ...line, tail: { ...tail, body: { text } }, ...cut };
  // A row of the list shows neither, and a page of rows has to fit a frame.
  const { reactions, edited, ...rest } = tail;
  const less = reactions || edited ? { cut: true as const } : cut;
  return { ...line, tail: { ...rest, body: { text } }, ...less };
}

/** What is pushed, as the frames that carry it: one, but for entries that do not fit one together. */
export function encodeNotice(notice: Notice): readonly DownFrame[] {
  switch (notice.is) {
    case "entries":
      return entriesFrames(notice.entries.map(wireEntry));
    case "marks": {
      const { conversation, user, marks } = notice;
      return [{ type: "marks", conversation, user, marks: { delivered: marks.delivered, read: marks.read } }];
    }
    case "typing":
      return [
        { type: "typing", conversation: notice.conversation, user: notice.user, typing: notice.typing },
      ];
    case "presence":
      return [{ type: "presence", user: notice.user, presence: notice.presence }];
    case "refused":
      return [{ type: "refused", ref: notice.ref, code: notice.code, delayMs: notice.delayMs }];
    case "unreached":
      return [{ type: "ok", ref: notice.ref, unreached: true }];
    default:
      return notice satisfies never;
  }
}

function entriesFrames(entries: readonly WireEntry[]): DownFrame[] {
  const frames: DownFrame[] = [];
  for (let rest = entries; rest.length > 0; rest = rest.slice(fitting(rest)))
    frames.push({ type: "entries", entries: rest.slice(0, fitting(rest)) });
  return frames;
}

/** A tally without its maybes: absent means none. */
const wireTally = (tally: Entry["tally"]): Record<string, number> =>
  Object.fromEntries(Object.entries(tally).map(([user, count]) => [user, count ?? 0]));
