import { conversationOf } from "./conversation";
import type { Entry } from "./entry";
import { unexpired } from "./expiry";
import type { ConversationId, UserId } from "./ids";
import type { Ports } from "./ports/ports";
import { Refusal } from "./refusal";

/** The one gate: the conversation that a frame names, if the caller is a member of it by its name. */
export function requireMember(text: string, user: UserId): ConversationId {
  const conversation = conversationOf(text, user);
  if (!conversation) throw new Refusal("unknown-conversation");
  return conversation;
}

/**
 * The last entry of a conversation that exists for this member: somebody wrote, or they have opened it
 * themselves. Knowing somebody's id is not enough to reach them.
 */
export async function tailOf(
  ports: Pick<Ports, "log" | "inbox" | "clock">,
  conversation: ConversationId,
  user: UserId,
): Promise<Entry | undefined> {
  const last = await ports.log.tail(conversation);
  const [tail] = last ? unexpired([last], ports.clock.now()) : [];
  if (!tail && !(await ports.inbox.row(user, conversation))) throw new Refusal("unknown-conversation");
  return tail;
}
