import type { Caller } from "./caller";
import type { ReadyConnection } from "./ports/connections";
import type { Ports } from "./ports/ports";
import { EVER, seenAt } from "./presence";
import { tellWatchers } from "./tell-watchers";

type LeavePorts = Pick<Ports, "connections" | "watches" | "people" | "push" | "clock">;

/**
 * A socket has ended: the gateway says so. It is best effort and may come minutes late; one that comes after the
 * row's time is over says nothing of when.
 */
export async function leave(ports: LeavePorts, caller: Caller): Promise<void> {
  const { user, connection } = caller;
  const rows = await ports.connections.readyOf(user, EVER);
  const own = rows.find((row) => row.connection === connection);
  const now = ports.clock.now();
  await depart(ports, caller, own && own.expiresAt <= now ? seenAt(own) : now);
}

/** A socket has ended, and a push found out. */
export const vanish = (ports: LeavePorts, ready: ReadyConnection): Promise<void> =>
  depart(ports, ready, seenAt(ready));

/**
 * 1  note when: it only rises, and counts only while nobody of theirs is there
 * 2  drop the row
 * 3  look who is left: a person may have come back by another socket meanwhile. If nobody is, say so
 * 4  look again: a socket that became ready since 3 may have said so before us, and we are the last to be heard
 *
 * Broken off anywhere, what is stored is true: with the row goes the only other trace of when they were there.
 */
async function depart(ports: LeavePorts, { user, connection }: Caller, lastSeenAt: number): Promise<void> {
  await ports.people.left(user, lastSeenAt);
  await ports.connections.drop(user, connection);
  const isThere = async () => (await ports.connections.readyOf(user, ports.clock.now())).length > 0;
  if (await isThere()) return;
  await tellWatchers(ports, user, { is: "offline", lastSeenAt });
  if (await isThere()) await tellWatchers(ports, user, { is: "online" });
}
