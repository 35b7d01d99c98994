// An amendment as updates of the item that it points at, tried one after the other until one of them is written:
// what amendedEntry (core/domain/amend.ts) says, as conditions on the parts that this kind of amendment changes, so
// that two of different kinds never stand in each other's way. The contract holds both to the same outcomes.

import { membersOf } from "../../../core/domain/conversation";
import type { Amendment } from "../../../core/domain/entry";
import type { Condition } from "./expressions";
import { reactionAttribute } from "./entry-rows";

type Of<K extends Amendment["kind"]> = Extract<Amendment, { readonly kind: K }>;
export type AmendStep = Condition & { readonly set: string };

export function amendSteps(amendment: Amendment): readonly AmendStep[] {
  switch (amendment.kind) {
    case "edit":
      return editSteps(amendment);
    case "delete":
      return [deleteStep(amendment)];
    case "reaction":
      return [reactionStep(amendment)];
    default:
      return amendment satisfies never;
  }
}

const IS_OWN_MESSAGE = "#kind = :message AND #from = :from";

/** The newest text counts. One that arrives behind it is remembered as a version all the same. */
function editSteps({ seq, at, from, body }: Of<"edit">): readonly AmendStep[] {
  const own = { message: "message", from, seq, one: [seq], none: [] };
  return [
    {
      set: `SET #body = :body, #original = if_not_exists(#original, #body), #editedSeq = :seq, #editedAt = :at,
        #edits = list_append(if_not_exists(#edits, :none), :one)`,
      where: `${IS_OWN_MESSAGE} AND (attribute_not_exists(#editedSeq) OR #editedSeq < :seq)`,
      values: { ...own, body, at },
    },
    {
      set: `SET #edits = list_append(if_not_exists(#edits, :none), :one)`,
      where: `${IS_OWN_MESSAGE} AND #editedSeq > :seq AND NOT contains(#edits, :seq)`,
      values: own,
    },
  ];
}

/** The slots of the edits stay: their texts are erased after this, and by whoever repeats it. */
function deleteStep({ conversation, from }: Of<"delete">): AmendStep {
  const reactions = (membersOf(conversation) ?? []).map((user, index) => [`reaction${index}`, user] as const);
  const removed = ["body", "original", "editedSeq", "editedAt", ...reactions.map(([name]) => name)];
  return {
    set: `SET #kind = :erased, #was = :message REMOVE ${removed.map((name) => `#${name}`).join(", ")}`,
    where: IS_OWN_MESSAGE,
    values: { message: "message", erased: "erased", from },
    names: Object.fromEntries(reactions.map(([name, user]) => [name, reactionAttribute(user)])),
  };
}

function reactionStep({ seq, from, emoji }: Of<"reaction">): AmendStep {
  return {
    set: "SET #reaction = :reaction",
    where: "#kind = :message AND (attribute_not_exists(#reaction) OR #reaction.#seq < :seq)",
    values: { message: "message", seq, reaction: { seq, emoji } },
    names: { reaction: reactionAttribute(from) },
  };
}
