import { checkEmoji } from "./emoji";
import type { Draft, MessageBody } from "./entry";
import { isEntryId, seqOf, type EntryId } from "./ids";
import { Refusal } from "./refusal";
import { checkText } from "./text";

/** What a device says that it wants to append, before anybody has looked at what it means. */
export type RawDraft = { readonly id: string } & (
  | { readonly kind: "message"; readonly body: { readonly text: string } }
  | { readonly kind: "edit"; readonly target: number; readonly body: { readonly text: string } }
  | { readonly kind: "delete"; readonly target: number }
  | { readonly kind: "reaction"; readonly target: number; readonly emoji?: string | undefined }
  | { readonly kind: "closed" }
  | { readonly kind: "opened" }
);

/** The draft as it will be stored, or a refusal that says what is wrong with it. */
export function checkDraft(raw: RawDraft): Draft {
  const id = checkId(raw.id);
  switch (raw.kind) {
    case "message":
      return { kind: "message", id, body: checkBody(raw.body) };
    case "edit":
      return { kind: "edit", id, target: seqOf(raw.target), body: checkBody(raw.body) };
    case "delete":
      return { kind: "delete", id, target: seqOf(raw.target) };
    case "reaction":
      return { kind: "reaction", id, target: seqOf(raw.target), ...checkReaction(raw.emoji) };
    case "closed":
    case "opened":
      return { kind: raw.kind, id };
    default:
      return raw satisfies never;
  }
}

function checkId(id: string): EntryId {
  if (!isEntryId(id)) throw new Refusal("bad-frame");
  return id;
}

function checkBody({ text }: { readonly text: string }): MessageBody {
  const check = checkText(text);
  if (check.is !== "fine") throw new Refusal(check.is);
  return { text: check.text };
}

function checkReaction(raw: string | undefined): Pick<Extract<Draft, { kind: "reaction" }>, "emoji"> {
  if (raw === undefined) return {};
  const emoji = checkEmoji(raw);
  if (!emoji) throw new Refusal("bad-emoji");
  return { emoji };
}
