import { peerOf } from "./conversation";
import type { Entry } from "./entry";
import type { UserId } from "./ids";
import type { Ports } from "./ports/ports";

/**
 * What a block ends beside the writing: neither hears any longer whether the other comes or goes. A watch that is
 * stored meanwhile ends by itself, because it looks at the log after it was stored (watch.ts). Any number of times.
 */
export async function sever(ports: Pick<Ports, "watches" | "clock">, entry: Entry): Promise<void> {
  if (entry.kind !== "closed") return;
  const peer = peerOf(entry.conversation, entry.from);
  await Promise.all([endWatches(ports, entry.from, peer), endWatches(ports, peer, entry.from)]);
}

async function endWatches(
  { watches, clock }: Pick<Ports, "watches" | "clock">,
  person: UserId,
  watcher: UserId,
): Promise<void> {
  const all = await watches.watchersOf(person, clock.now());
  const theirs = all.filter(({ user }) => user === watcher);
  await Promise.all(theirs.map(({ connection }) => watches.unwatch(person, connection)));
}
