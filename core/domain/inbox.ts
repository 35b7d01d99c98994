import type { Caller } from "./caller";
import { INBOX_ROWS } from "./limits";
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
  const rows = await summarize(ports, caller.user, page.rows);
  return page.next === undefined ? { rows } : { rows, next: page.next };
}
