// Who is there follows from the rows of their sockets, and when they were last there from the rows that are over.
//
//   hello ── here ── here ── (nothing more: the line is dead)
//     │        │       └────── CONNECTION_MS ──────▶ expiresAt: from here on offline, last seen at the last `here`
//     └────────┴─ each puts the row again, every HERE_EVERY_MS
//
// A `$disconnect` that comes ends it earlier, and tells the instant itself.

import type { UserId } from "./ids";
import { CONNECTION_MS } from "./limits";
import type { Presence } from "./person";
import type { ReadyConnection } from "./ports/connections";
import type { Ports } from "./ports/ports";

/** Of `readyOf`: what is stored, over or not. */
export const EVER = 0;

/** When this socket was last heard of for certain. */
export const seenAt = ({ expiresAt }: ReadyConnection): number => expiresAt - CONNECTION_MS;

/** There as long as one of their devices is. */
export async function presenceOf(
  { connections, people, clock }: Pick<Ports, "connections" | "people" | "clock">,
  user: UserId,
): Promise<Presence> {
  const rows = await connections.readyOf(user, EVER);
  if (rows.some(({ expiresAt }) => expiresAt > clock.now())) return { is: "online" };
  const leftAt = await people.leftAt(user);
  const instants = [...rows.map(seenAt), ...(leftAt === undefined ? [] : [leftAt])];
  return instants.length === 0 ? { is: "offline" } : { is: "offline", lastSeenAt: Math.max(...instants) };
}
