// What an amendment makes of the message that it points at. Pure; the backend, the memory log and the devices go
// by the same rule, so a device that was there live and one that reads a page from the middle show the same.
//
// Any number of times and in any order: an edit counts when no later one did, a reaction when none of the same
// person did, and nothing comes back from a delete. So an amendment may be applied again by whoever wonders
// whether it was: a repeated send, the relay, a device that reads a page which has it already.

import type { Amendment, Edited, Erased, Message, MessageBody, Placed, Reactions } from "./entry";
import type { Seq, UserId } from "./ids";

/** What of a message may change. */
export type Said = {
  readonly body: MessageBody;
  readonly edited?: Edited;
  readonly reactions?: Reactions;
};

/** As much of an amendment as its effect depends on: an entry of the log here, of a device's store there. */
export type Amending = { readonly seq: Seq; readonly from: UserId; readonly at: number } & (
  | { readonly kind: "edit"; readonly body: MessageBody }
  | { readonly kind: "delete" }
  | Pick<Extract<Amendment, { readonly kind: "reaction" }>, "kind" | "emoji">
);

/** The same object when nothing changes. */
export function amended<S extends Said>(said: S, by: Amending): S | "erased" {
  switch (by.kind) {
    case "edit":
      if (said.edited && said.edited.seq >= by.seq) return said;
      return { ...said, body: { text: by.body.text }, edited: { seq: by.seq, at: by.at } };
    case "delete":
      return "erased";
    case "reaction": {
      const before = said.reactions?.[by.from];
      if (before && before.seq >= by.seq) return said;
      const reaction = { seq: by.seq, ...(by.emoji === undefined ? {} : { emoji: by.emoji }) };
      return { ...said, reactions: { ...said.reactions, [by.from]: reaction } };
    }
    default:
      return by satisfies never;
  }
}

/** Who may: everybody reacts, only who wrote a message edits or deletes it. */
export const mayAmend = (kind: Amendment["kind"], author: UserId, from: UserId): boolean =>
  kind === "reaction" || author === from;

/** The message as the log holds it after this amendment: with its original and the slots of its edits. */
export function amendedEntry(target: Message | Erased, by: Amendment): Message | Erased {
  if (target.kind === "erased" || !mayAmend(by.kind, target.from, by.from)) return target;
  const next = amended(target, by);
  if (next === "erased") return erasedMessage(target);
  if (by.kind !== "edit" || target.edits?.includes(by.seq)) return next;
  return {
    ...next,
    original: target.original ?? target.body,
    edits: [...(target.edits ?? []), by.seq],
  };
}

const erasedMessage = (message: Message): Erased => ({
  ...placeOf(message),
  kind: "erased",
  was: "message",
  ...(message.edits ? { edits: message.edits } : {}),
});

export const erasedEdit = (edit: Extract<Amendment, { readonly kind: "edit" }>): Erased => ({
  ...placeOf(edit),
  kind: "erased",
  was: "edit",
});

/** Named one by one, so that no text that an entry gains one day stays behind when it is erased. */
const placeOf = (entry: Placed): Placed => ({
  conversation: entry.conversation,
  seq: entry.seq,
  id: entry.id,
  from: entry.from,
  device: entry.device,
  at: entry.at,
  tally: entry.tally,
  state: entry.state,
  bumpedAt: entry.bumpedAt,
  ...(entry.paces ? { paces: entry.paces } : {}),
  ...(entry.expiresAtSeconds === undefined ? {} : { expiresAtSeconds: entry.expiresAtSeconds }),
});
