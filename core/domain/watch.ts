import type { Caller } from "./caller";
import { peerOf } from "./conversation";
import type { UserId } from "./ids";
import { requireMember, tailOf } from "./known-conversation";
import type { Presence } from "./person";
import type { Ports } from "./ports/ports";
import { Refusal } from "./refusal";

export type WatchRequest = { readonly conversation: string };
export type Watched = { readonly user: UserId; readonly presence: Presence };

/**
 * Whether the other in this conversation is there, now and, by pushes, until this socket ends.
 *
 *   1  store the watch
 *   2  look who is connected
 *
 * In that order: whoever comes or goes after 1 is told, and who came or went before it is seen in 2.
 */
export async function watch(
  ports: Pick<Ports, "log" | "inbox" | "connections" | "watches" | "people" | "clock">,
  caller: Caller,
  request: WatchRequest,
): Promise<Watched> {
  const conversation = requireMember(request.conversation, caller.user);
  const user = peerOf(conversation, caller.user);
  const tail = await tailOf(ports, conversation, caller.user);
  if (tail?.state.is === "closed") return { user, presence: { is: "offline" } };

  const now = ports.clock.now();
  const own = await ports.connections.readyOf(caller.user, now);
  const watcher = own.find(({ connection }) => connection === caller.connection);
  if (!watcher) throw new Refusal("try-again");
  await ports.watches.watch(watcher, user, conversation);
  return { user, presence: await presenceOf(ports, user) };
}

async function presenceOf(
  ports: Pick<Ports, "connections" | "people" | "clock">,
  user: UserId,
): Promise<Presence> {
  const ready = await ports.connections.readyOf(user, ports.clock.now());
  if (ready.length > 0) return { is: "online" };
  const lastSeenAt = await ports.people.leftAt(user);
  return lastSeenAt === undefined ? { is: "offline" } : { is: "offline", lastSeenAt };
}
