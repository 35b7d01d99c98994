// A message as it is shown: what the log says of it, with what is pending about it on top.

import type { Reactions } from "../domain/entry";
import type { EntryId, Seq, UserId } from "../domain/ids";
import { targetOf, type Pending } from "./outbox";
import type { OutboxItem, Target } from "./ports/store";
import type { ChangeView, DeletedView, MessageView, Progress, ReactionView } from "./views";

export type Shown = {
  readonly id: EntryId;
  readonly seq?: Seq;
  readonly from: UserId;
  readonly mine: boolean;
  readonly at: number;
  readonly text: string;
  readonly edited?: { readonly at: number };
  readonly reactions?: Reactions;
  readonly progress?: Progress;
};

/** What is pending about each message, in the order in which it was asked for. */
export type PendingChanges = ReadonlyMap<Target, readonly OutboxItem[]>;

export const NO_CHANGES: readonly OutboxItem[] = [];

export function pendingChanges(pending: readonly Pending[]): PendingChanges {
  const changes = new Map<Target, readonly OutboxItem[]>();
  for (const { item } of pending) {
    const target = targetOf(item);
    if (target !== undefined) changes.set(target, [...(changes.get(target) ?? []), item]);
  }
  return changes;
}

export function messageView(
  shown: Shown,
  changes: readonly OutboxItem[],
  me: UserId,
): MessageView | DeletedView {
  const { reactions, edited, ...message } = shown;
  const emoji = new Map(order(reactions));
  let text = shown.text;
  let editedAt = edited?.at;
  let change: ChangeView | undefined;
  for (const item of changes) {
    const fails = item.state.is === "failed";
    switch (item.kind) {
      case "delete":
        if (!fails) return deletedView(shown, item.notBefore);
        change = { id: item.id, kind: "delete", progress: item.state };
        break;
      case "edit":
        change = { id: item.id, kind: "edit", progress: item.state };
        if (!fails) [text, editedAt] = [item.body.text, item.queuedAt];
        break;
      case "reaction":
        emoji.delete(me);
        if (item.emoji !== undefined) emoji.set(me, item.emoji);
        break;
      default:
        break;
    }
  }
  const shownReactions = reactionViews(emoji, me);
  return {
    kind: "message",
    ...message,
    text,
    ...(editedAt === undefined ? {} : { edited: { at: editedAt } }),
    ...(shownReactions.length === 0 ? {} : { reactions: shownReactions }),
    ...(change ? { change } : {}),
  };
}

export function deletedView(
  { id, seq, from, mine, at }: Omit<DeletedView, "kind" | "undoUntil">,
  undoUntil?: number,
): DeletedView {
  return {
    kind: "deleted",
    id,
    ...(seq === undefined ? {} : { seq }),
    from,
    mine,
    at,
    ...(undoUntil === undefined ? {} : { undoUntil }),
  };
}

/** Those that stand, the oldest first. */
function order(reactions: Reactions = {}): readonly (readonly [UserId, string])[] {
  // The keys of the map are users: its type says so, Object.entries forgets it.
  const all = Object.entries(reactions) as [UserId, Reactions[UserId]][];
  return all
    .sort(([, one], [, other]) => (one?.seq ?? 0) - (other?.seq ?? 0))
    .flatMap(([user, reaction]) => (reaction?.emoji === undefined ? [] : [[user, reaction.emoji] as const]));
}

function reactionViews(emoji: ReadonlyMap<UserId, string>, me: UserId): readonly ReactionView[] {
  const users = new Map<string, readonly UserId[]>();
  for (const [user, one] of emoji) users.set(one, [...(users.get(one) ?? []), user]);
  return [...users].map(([one, by]) => ({ emoji: one, users: by, mine: by.includes(me) }));
}
