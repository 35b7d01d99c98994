import type { Caller } from "./caller";
import { directConversation } from "./conversation";
import { checkHandle } from "./handle";
import type { UserId } from "./ids";
import { OPENINGS, OPENINGS_WINDOW_MS } from "./limits";
import type { Ports } from "./ports/ports";
import { Refusal } from "./refusal";
import { summarize, type Summary } from "./summary";

export type OpenRequest = { readonly handle: string };
export type OpenPorts = Pick<Ports, "log" | "inbox" | "people" | "clock">;

/**
 * The conversation with the person of this handle. Makes the caller's own row if there is none; the other person
 * hears of it when something is written. Opening a new one is counted, opening one that is there is not.
 *
 * A held handle opens the conversation of a caller who has a row with its owner. For any other caller the handle is
 * unknown, because an old name must not lead a stranger to the new name. See decision 0077.
 */
export async function open(ports: OpenPorts, caller: Caller, request: OpenRequest): Promise<Summary> {
  const handle = checkHandle(request.handle);
  const [peer, me] = await Promise.all([
    handle ? ports.people.byHandle(handle, ports.clock.now()) : undefined,
    ports.people.byId(caller.user),
  ]);
  if (!peer) throw new Refusal("unknown-handle");
  if (peer.user === caller.user) throw new Refusal("yourself");
  const conversation = directConversation(caller.user, peer.user);
  const row = await ports.inbox.row(caller.user, conversation);
  if (!row && peer.handle !== handle) throw new Refusal("unknown-handle");
  // Whom would the other be talking to?
  if (!me) throw new Refusal("bad-name");

  if (!row) await countOpening(ports, caller.user);
  const opened = row ?? (await ports.inbox.open(caller.user, conversation, ports.clock.now()));
  const [summary] = await summarize(ports, caller.user, [opened]);
  if (!summary) throw new Refusal("unknown-handle");
  return summary;
}

async function countOpening(ports: Pick<Ports, "people" | "clock">, user: UserId): Promise<void> {
  const now = ports.clock.now();
  const windowStartAt = now - (now % OPENINGS_WINDOW_MS);
  const outcome = await ports.people.countOpening(user, windowStartAt, OPENINGS);
  if (outcome === "over") throw new Refusal("slow-down", windowStartAt + OPENINGS_WINDOW_MS - now);
}
