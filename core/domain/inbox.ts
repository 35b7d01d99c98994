import type { Caller } from "./caller";
import { INBOX_ROWS } from "./limits";
import { hearersOf } from "./hearers";
import type { UserId } from "./ids";
import type { Ports } from "./ports/ports";
import { summarize, type Summary } from "./summary";

export type InboxRequest = { readonly next?: string | undefined };
export type ListPage = { readonly rows: readonly Summary[]; readonly next?: string };

/** A page of a person's conversations, newest activity first. */
export async function inbox(
  ports: Pick<Ports, "log" | "inbox" | "people" | "clock">,
  caller: Caller,
  request: InboxRequest = {},
): Promise<ListPage> {
  const page = await ports.inbox.byActivity(caller.user, INBOX_ROWS, request.next);
  const all = await summarize(ports, caller.user, page.rows);
  const isHeard = await Promise.all(all.map((summary) => hears(ports, summary, caller.user)));
  const rows = all.filter((_, index) => isHeard[index]);
  return page.next === undefined ? { rows } : { rows, next: page.next };
}

/** A conversation that this person opened and in which nothing has happened yet is listed. */
const hears = async (ports: Pick<Ports, "log">, { tail }: Summary, user: UserId): Promise<boolean> =>
  tail === undefined || (await hearersOf(ports, tail)).includes(user);
