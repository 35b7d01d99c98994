import type { Caller } from "./caller";
import { peerOf } from "./conversation";
import { deliver } from "./deliver";
import { requireMember, tailOf } from "./known-conversation";
import type { Ports } from "./ports/ports";

export type TypingRequest = { readonly conversation: string; readonly typing: boolean };

/**
 * Tells the peer's devices that this person types, or has stopped. Never stored. A peer to whom nobody has
 * written yet does not know of the conversation, and to a closed one nothing is told.
 */
export async function typing(
  ports: Pick<Ports, "log" | "inbox" | "connections" | "watches" | "people" | "push" | "clock">,
  caller: Caller,
  request: TypingRequest,
): Promise<void> {
  const { user } = caller;
  const conversation = requireMember(request.conversation, user);
  const tail = await tailOf(ports, conversation, user);
  if (tail?.state.is !== "open") return;
  const notice = { is: "typing", conversation, user, typing: request.typing } as const;
  await deliver(ports, [peerOf(conversation, user)], [notice], caller);
}
