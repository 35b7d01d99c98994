// What the items of the Log table hold. An entry is appended as it is; amendments change the item of a message:
//
//   { conversation: "d.1f…a.7c…e", seq: 42, id: "pV3…", from: "1f…a", device: "dk2…", kind: "message",
//     body: { text: "hello!" }, editedSeq: 44, editedAt: 1767225601000, original: { text: "hello" }, edits: [44],
//     "reaction.7c…e": { seq: 45, emoji: "👋" }, at: …, tally: {…}, state: {…}, bumpedAt: …,
//     paces: { "1f…a": { since: …, count: 12 } } }
//
// A reaction is an attribute of its own, so that both can react at once and each write asks for its own person's
// last one only.

import * as v from "valibot";
import type { Entry, Erased, Message, Reaction } from "../../../core/domain/entry";
import { isUserId, type UserId } from "../../../core/domain/ids";
import type { Row } from "./attribute-values";
import { conversationId, deviceId, emoji, entryId, seq, tally, userId } from "./row-shapes";

const REACTION = "reaction.";

export const reactionAttribute = (user: UserId): string => REACTION + user;

const placed = {
  conversation: conversationId,
  seq,
  id: entryId,
  from: userId,
  device: deviceId,
  at: v.number(),
  tally,
  state: v.variant("is", [
    v.object({ is: v.literal("open") }),
    v.object({ is: v.literal("closed"), by: v.array(userId) }),
  ]),
  bumpedAt: v.number(),
  paces: v.exactOptional(v.record(userId, v.object({ since: v.number(), count: v.number() }))),
  expiresAtSeconds: v.exactOptional(v.number()),
};

const body = v.object({ text: v.string() });
const edits = v.exactOptional(v.array(seq));
const reaction = v.object({ seq, emoji: v.exactOptional(emoji) });

const changes = v.object({ editedSeq: v.optional(seq), editedAt: v.optional(v.number()) });

const entryRow = v.variant("kind", [
  v.object({ kind: v.literal("message"), body, original: v.exactOptional(body), edits, ...placed }),
  v.object({ kind: v.literal("edit"), target: seq, body, ...placed }),
  v.object({ kind: v.literal("delete"), target: seq, ...placed }),
  v.object({ kind: v.literal("reaction"), target: seq, emoji: v.exactOptional(emoji), ...placed }),
  v.object({ kind: v.literal("closed"), ...placed }),
  v.object({ kind: v.literal("opened"), ...placed }),
  v.variant("was", [
    v.object({ kind: v.literal("erased"), was: v.literal("message"), edits, ...placed }),
    v.object({ kind: v.literal("erased"), was: v.literal("edit"), ...placed }),
  ]),
]);

export function entryOf(row: Row): Entry {
  const entry = v.parse(entryRow, row);
  if (entry.kind !== "message") return entry;
  const { editedSeq, editedAt } = v.parse(changes, row);
  const reactions = reactionsOf(row);
  return {
    ...entry,
    ...(editedSeq === undefined || editedAt === undefined
      ? {}
      : { edited: { seq: editedSeq, at: editedAt } }),
    ...(reactions.length === 0 ? {} : { reactions: Object.fromEntries(reactions) }),
  };
}

function reactionsOf(row: Row): readonly (readonly [UserId, Reaction])[] {
  return Object.entries(row).flatMap(([name, value]) => {
    const user = name.startsWith(REACTION) ? name.slice(REACTION.length) : "";
    return isUserId(user) ? [[user, v.parse(reaction, value)] as const] : [];
  });
}

export const isSaid = (entry: Entry): entry is Message | Erased =>
  entry.kind === "message" || (entry.kind === "erased" && entry.was === "message");
