import type { Caller } from "./caller";
import { peerOf } from "./conversation";
import type { UserId } from "./ids";
import { requireMember, tailOf } from "./known-conversation";
import { WATCH_MS } from "./limits";
import type { Presence } from "./person";
import type { Ports } from "./ports/ports";
import { presenceOf } from "./presence";
import { Refusal } from "./refusal";

export type WatchRequest = { readonly conversation: string };
export type Watched = { readonly user: UserId; readonly presence: Presence };

/**
 * Whether the other in this conversation is there, now and, by pushes, until this socket ends.
 *
 *   1  store the watch
 *   2  look whether the conversation is closed: then end the watch, and nothing is known of the other
 *   3  look who is connected
 *
 * In that order: a block is in the log before it ends the watches that it finds (sever.ts), so of a watch that is
 * stored beside it either the block finds the watch or 2 finds the block. Whoever comes or goes after 1 is told,
 * and who came or went before it is seen in 3.
 */
export async function watch(
  ports: Pick<Ports, "log" | "inbox" | "connections" | "watches" | "people" | "clock">,
  caller: Caller,
  request: WatchRequest,
): Promise<Watched> {
  const conversation = requireMember(request.conversation, caller.user);
  const user = peerOf(conversation, caller.user);
  const nothing: Watched = { user, presence: { is: "offline" } };
  const isClosed = async () => (await tailOf(ports, conversation, caller.user))?.state.is === "closed";
  if (await isClosed()) return nothing;

  const now = ports.clock.now();
  const own = await ports.connections.readyOf(caller.user, now);
  const watcher = own.find(({ connection }) => connection === caller.connection);
  if (!watcher) throw new Refusal("try-again");
  await ports.watches.watch({ ...watcher, expiresAt: now + WATCH_MS }, user, conversation);
  if (await isClosed()) {
    await ports.watches.unwatch(user, caller.connection);
    return nothing;
  }
  return { user, presence: await presenceOf(ports, user) };
}
