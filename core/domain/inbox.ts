import type { Caller } from "./caller";
import { INBOX_ROWS } from "./limits";
import { hasMessages } from "./entry";
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
  const rows = all.filter((summary) => isToBeListed(summary, caller.user));
  return page.next === undefined ? { rows } : { rows, next: page.next };
}

/** Who was blocked before anybody had said a word does not hear of it from their list. */
const isToBeListed = ({ tail }: Summary, user: UserId): boolean =>
  tail === undefined || tail.from === user || hasMessages(tail.tally);
