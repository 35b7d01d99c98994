import type { UserId } from "./ids";
import type { Presence } from "./person";
import type { Watcher } from "./ports/connections";
import type { Ports } from "./ports/ports";

/** Tells those who watch this person. A watch ends with its socket, so one that is gone is forgotten here. */
export async function tellWatchers(
  ports: Pick<Ports, "watches" | "push" | "clock">,
  user: UserId,
  presence: Presence,
): Promise<void> {
  const watchers = await ports.watches.watchersOf(user, ports.clock.now());
  const tell = async ({ connection }: Watcher) => {
    const outcome = await ports.push.push(connection, { is: "presence", user, presence });
    if (outcome === "gone") await ports.watches.unwatch(user, connection);
  };
  await Promise.all(watchers.map(tell));
}
