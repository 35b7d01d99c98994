import type { Caller } from "./caller";
import { tellWatchers } from "./deliver";
import type { Ports } from "./ports/ports";

/**
 * A socket has ended. `$disconnect` is best effort and may come minutes late, so a person who has come back by
 * another socket meanwhile is still there.
 *
 *   1  drop the row
 *   2  look who is left; if nobody is, say so
 *   3  look again: a socket that became ready since 2 may have said so before us, and we are the last to be heard
 */
export async function leave(
  ports: Pick<Ports, "connections" | "watches" | "people" | "push" | "clock">,
  { user, connection }: Caller,
): Promise<void> {
  await ports.connections.drop(user, connection);
  const now = ports.clock.now();
  const isThere = async () => (await ports.connections.readyOf(user, ports.clock.now())).length > 0;
  if (await isThere()) return;
  await ports.people.left(user, now);
  await tellWatchers(ports, user, { is: "offline", lastSeenAt: now });
  if (await isThere()) await tellWatchers(ports, user, { is: "online" });
}
