import type { Caller } from "./caller";
import { isDeviceId, type UserId } from "./ids";
import { inbox, type ListPage } from "./inbox";
import { CONNECTION_MS } from "./limits";
import type { Person } from "./person";
import type { Ports } from "./ports/ports";
import { Refusal } from "./refusal";
import { tellWatchers } from "./tell-watchers";

export type HelloRequest = { readonly device: string };
export type Welcome = ListPage & { readonly user: UserId; readonly me?: Person; readonly now: number };

/**
 * A device is there.
 *
 *   1  mark its row ready: from here on every push reaches it
 *   2  read the tails
 *
 * In that order: what is committed before 2 is in the tails, what is committed after 1 is pushed, and there is
 * nothing in between.
 */
export async function hello(ports: Ports, caller: Caller, request: HelloRequest): Promise<Welcome> {
  const { user, connection } = caller;
  const { device } = request;
  if (!isDeviceId(device)) throw new Refusal("bad-frame");
  const now = ports.clock.now();
  await ports.connections.ready({ user, connection, device, expiresAt: now + CONNECTION_MS });

  const [me, list] = await Promise.all([
    ports.people.byId(user),
    inbox(ports, caller),
    tellWatchers(ports, user, { is: "online" }),
  ]);
  return { user, ...(me ? { me } : {}), now, ...list };
}
