import type { Caller } from "./caller";
import { tellWatchers } from "./deliver";
import type { Ports } from "./ports/ports";

/**
 * A socket has ended. `$disconnect` is best effort and may come minutes late, so a person who has come back by
 * another socket meanwhile is still there.
 *
 *   1  drop the row
 *   2  look who is left, and only then say that nobody is
 */
export async function leave(
  ports: Pick<Ports, "connections" | "watches" | "people" | "push" | "clock">,
  { user, connection }: Caller,
): Promise<void> {
  await ports.connections.drop(user, connection);
  const now = ports.clock.now();
  const left = await ports.connections.readyOf(user, now);
  if (left.length > 0) return;
  await ports.people.left(user, now);
  await tellWatchers(ports, user, { is: "offline", lastSeenAt: now });
}
