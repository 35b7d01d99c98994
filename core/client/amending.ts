// What a person does to what was said: into the outbox like a message, and shown at once on top of the log. It runs
// where the outbox is emptied, because some of it depends on whether something may have been transmitted already:
//
//   a message that nobody can have seen   is edited and deleted right here, and no one ever hears of it
//   one that may be on its way            is sent first, then its edit or its delete, which point at its slot
//   a delete                              takes what waits about its message with it, then waits UNDO_MS

import { checkEmoji, type Emoji } from "../domain/emoji";
import type { ConversationId, EntryId, UserId } from "../domain/ids";
import type { RefusalCode } from "../domain/refusal";
import { checkWritten } from "../domain/text";
import { blockOf } from "./block";
import type { Answer, ChatClient } from "./chat-client.types";
import type { Device } from "./device.types";
import { readHistory } from "./history";
import { holdMs, targetOf, type Pending } from "./outbox";
import type { OutboxItem, Target } from "./ports/store";
import { createQueueing } from "./queueing";
import type { Sender } from "./sender";
import type { Timeline } from "./timeline";

/** Long enough to see what one has done, short enough that nobody waits for it. */
export const UNDO_MS = 5_000;

export type Amending = Pick<
  ChatClient,
  "edit" | "delete" | "undoDelete" | "react" | "history" | "block" | "unblock"
>;

type Found =
  /** Nobody but this device can know of it. */
  | { readonly is: "unseen"; readonly item: OutboxItem & { readonly kind: "message" } }
  | { readonly is: "said"; readonly target: Target; readonly text: string; readonly emoji: Emoji | undefined }
  | { readonly is: "refused"; readonly code: RefusalCode };

export function createAmending(device: Device, sender: Sender): Amending {
  const { timelines, keeper, timers } = device;
  const queueing = createQueueing(device, sender);

  const pendingAbout = (conversation: ConversationId, target: Target) =>
    (timelines.get(conversation)?.pending ?? []).filter(
      ({ item, place }) => targetOf(item) === target && !place,
    );

  function find(conversation: ConversationId, from: UserId, id: EntryId): Found {
    const timeline = timelines.get(conversation);
    const me = device.me();
    if (!timeline || !me) return { is: "refused", code: "unknown-conversation" };
    if (blockOf(timeline).closed) return { is: "refused", code: "cannot-deliver" };
    const found = lookUp(timeline, me, from, id);
    if (found.is !== "said") return found;
    const isGoing = pendingAbout(conversation, found.target).some(
      ({ item }) => item.kind === "delete" && item.state.is === "waiting",
    );
    return isGoing ? { is: "refused", code: "deleted" } : found;
  }

  async function rewrite(item: OutboxItem & { readonly kind: "message" }, text: string): Promise<void> {
    const { conversation, id } = item;
    const next = (one: Pending): Pending =>
      one.item.id === id ? { ...one, item: { ...item, body: { text } } } : one;
    timelines.change(conversation, (timeline) => ({ ...timeline, pending: timeline.pending.map(next) }));
    await keeper.message(conversation, id);
  }

  /** Of what waits about a message, these; what may have been transmitted stays. */
  const unsent = (conversation: ConversationId, target: Target, kind: OutboxItem["kind"]) =>
    pendingAbout(conversation, target)
      .filter(({ item, fresh }) => item.kind === kind && (fresh || item.state.is === "failed"))
      .map(({ item }) => item.id);

  const lastAbout = (conversation: ConversationId, target: Target, kind: OutboxItem["kind"]) =>
    pendingAbout(conversation, target)
      .map(({ item }) => item)
      .filter((item) => item.kind === kind && item.state.is === "waiting")
      .at(-1);

  async function edit(conversation: ConversationId, id: EntryId, raw: string): Promise<Answer<EntryId>> {
    const checked = checkWritten(raw);
    if (checked.is !== "fine") return { is: "refused", code: checked.is };
    const found = find(conversation, device.me() ?? NOBODY, id);
    switch (found.is) {
      case "refused":
        return found;
      case "unseen":
        await rewrite(found.item, checked.text);
        return ok(id);
      case "said": {
        await queueing.forget(conversation, unsent(conversation, found.target, "edit"));
        const body = { text: checked.text };
        const waits = lastAbout(conversation, found.target, "edit");
        if (body.text === (waits?.kind === "edit" ? waits.body.text : found.text)) return ok(id);
        return ok(await queueing.write(conversation, { kind: "edit", target: found.target, body }));
      }
      default:
        return found satisfies never;
    }
  }

  async function remove(conversation: ConversationId, id: EntryId): Promise<Answer<EntryId>> {
    const found = find(conversation, device.me() ?? NOBODY, id);
    switch (found.is) {
      case "refused":
        return found;
      case "unseen":
        await queueing.forget(conversation, [
          id,
          ...pendingAbout(conversation, id).map(({ item }) => item.id),
        ]);
        return ok(id);
      case "said": {
        const about = pendingAbout(conversation, found.target).map(({ item }) => item.id);
        await queueing.forget(conversation, about);
        const notBefore = timers.now() + UNDO_MS;
        return ok(await queueing.write(conversation, { kind: "delete", target: found.target, notBefore }));
      }
      default:
        return found satisfies never;
    }
  }

  async function undoDelete(conversation: ConversationId, id: EntryId): Promise<void> {
    const timeline = timelines.get(conversation);
    const seq = timeline?.entries.find((entry) => entry.id === id && entry.from === device.me())?.seq;
    const held = (timeline?.pending ?? []).filter(({ item }) => {
      const target = targetOf(item);
      return (target === id || target === seq) && holdMs(item, timers.now()) > 0;
    });
    await queueing.forget(
      conversation,
      held.map(({ item }) => item.id),
    );
  }

  async function react(
    conversation: ConversationId,
    message: { readonly from: UserId; readonly id: EntryId },
    raw?: string,
  ): Promise<Answer<EntryId>> {
    const emoji = raw === undefined ? undefined : checkEmoji(raw);
    if (raw !== undefined && !emoji) return { is: "refused", code: "bad-emoji" };
    const found = find(conversation, message.from, message.id);
    if (found.is === "refused") return found;
    // It will never be in the log as it stands: there is nothing to react to.
    if (found.is === "unseen" && found.item.state.is === "failed")
      return { is: "refused", code: "unknown-entry" };
    const target = found.is === "said" ? found.target : found.item.id;
    await queueing.forget(conversation, unsent(conversation, target, "reaction"));
    const waits = lastAbout(conversation, target, "reaction");
    const last = waits?.kind === "reaction" ? waits.emoji : found.is === "said" ? found.emoji : undefined;
    if (last === emoji) return ok(message.id);
    return ok(
      await queueing.write(conversation, {
        kind: "reaction",
        target,
        ...(emoji === undefined ? {} : { emoji }),
      }),
    );
  }

  /** One that waits and says the opposite has not been heard of: it just goes. */
  async function turn(conversation: ConversationId, kind: "closed" | "opened"): Promise<void> {
    const pending = timelines.get(conversation)?.pending ?? [];
    const opposite = pending.filter(
      ({ item, fresh }) => item.kind === (kind === "closed" ? "opened" : "closed") && fresh,
    );
    await queueing.forget(
      conversation,
      opposite.map(({ item }) => item.id),
    );
    const timeline = timelines.get(conversation);
    if (!timeline || blockOf(timeline).blocked === (kind === "closed")) return;
    await queueing.write(conversation, { kind });
  }

  return {
    edit,
    delete: remove,
    undoDelete,
    react,
    history: (conversation, seq) => readHistory(device, conversation, seq),
    block: (conversation) => turn(conversation, "closed"),
    unblock: (conversation) => turn(conversation, "opened"),
  };
}

const ok = (value: EntryId): Answer<EntryId> => ({ is: "ok", value });

/** Nobody's message: of a device that does not know whose it is. */
const NOBODY = "" as UserId;

function lookUp(timeline: Timeline, me: UserId, from: UserId, id: EntryId): Found {
  const waits = from === me ? timeline.pending.find(({ item }) => item.id === id) : undefined;
  if (waits?.item.kind === "message" && !waits.place) {
    const { item, fresh } = waits;
    if (fresh || item.state.is === "failed") return { is: "unseen", item };
    return { is: "said", target: id, text: item.body.text, emoji: undefined };
  }
  const entry = timeline.entries.find((one) => one.id === id && one.from === from);
  if (entry?.kind === "erased") return { is: "refused", code: "deleted" };
  if (entry?.kind !== "message") return { is: "refused", code: "unknown-entry" };
  return { is: "said", target: entry.seq, text: entry.body.text, emoji: entry.reactions?.[me]?.emoji };
}
