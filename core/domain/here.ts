import type { Caller } from "./caller";
import { isDeviceId } from "./ids";
import { CONNECTION_MS } from "./limits";
import type { Ports } from "./ports/ports";
import { Refusal } from "./refusal";

export type HereRequest = { readonly device: string };

/** The socket still stands. Its row is put whole, so that one that was lost is there again. */
export async function here(
  { connections, clock }: Pick<Ports, "connections" | "clock">,
  { user, connection }: Caller,
  { device }: HereRequest,
): Promise<void> {
  if (!isDeviceId(device)) throw new Refusal("bad-frame");
  await connections.ready({ user, connection, device, expiresAt: clock.now() + CONNECTION_MS });
}
