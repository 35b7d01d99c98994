import type { Clock } from "../clock";
import type { Connection } from "./connections";
import type { Close } from "./event-source";

const IDLE_MS = 10 * 60_000;
const LONGEST_MS = 2 * 60 * 60_000;

const GOING_AWAY: Close = { code: 1001, reason: "Going away" };

/**
 * Cuts a connection that was idle for ten minutes or is two hours old. One alarm a connection: activity only
 * writes down its instant, and an alarm that comes too early sets the next. Idle is without messages, in either
 * direction; pings of the WebSocket protocol itself do not count.
 */
export function watchForCuts(
  clock: Clock,
  connection: Connection,
  cut: (connection: Connection, close: Close) => void,
): () => void {
  let cancel: () => void = () => {};
  const watch = (): void => {
    const cutAt = Math.min(connection.lastActiveAt + IDLE_MS, connection.connectedAt + LONGEST_MS);
    if (clock.now() >= cutAt) cut(connection, GOING_AWAY);
    else cancel = clock.after(cutAt - clock.now(), watch);
  };
  watch();
  return () => cancel();
}
