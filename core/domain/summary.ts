import { peerOf } from "./conversation";
import type { Entry, Tally } from "./entry";
import { unexpired } from "./expiry";
import type { ConversationId, UserId } from "./ids";
import { marksOf, type InboxRow, type Watermarks } from "./inbox-row";
import { NO_SEQ } from "./ids";
import type { Person } from "./person";
import type { Ports } from "./ports/ports";

/** One line of a person's list of conversations. */
export type Summary = {
  readonly conversation: ConversationId;
  readonly peer: Person;
  readonly activeAt: number;
  readonly mine: Watermarks;
  readonly tallyAtRead: Tally;
  readonly theirs: Watermarks;
  readonly tail?: Entry;
};

/**
 * Everyone in a conversation has a profile: `open` asks for one and finds the other by theirs. A row whose peer
 * has none cannot be shown as anybody's, and is left out so that it does not take the list down with it.
 */
export async function summarize(
  ports: Pick<Ports, "log" | "inbox" | "people" | "clock">,
  user: UserId,
  rows: readonly InboxRow[],
): Promise<readonly Summary[]> {
  const [people, lines] = await Promise.all([
    ports.people.byIds(rows.map((row) => peerOf(row.conversation, user))),
    Promise.all(rows.map((row) => line(ports, row))),
  ]);
  return lines.flatMap(({ peer, ...rest }) => {
    const person = people.find((one) => one.user === peer);
    return person ? [{ ...rest, peer: person }] : [];
  });
}

const UNTOLD: Watermarks = { delivered: NO_SEQ, read: NO_SEQ };

async function line(
  ports: Pick<Ports, "log" | "inbox" | "clock">,
  row: InboxRow,
): Promise<Omit<Summary, "peer"> & { readonly peer: UserId }> {
  const peer = peerOf(row.conversation, row.user);
  const [last, theirs] = await Promise.all([
    ports.log.tail(row.conversation),
    ports.inbox.row(peer, row.conversation),
  ]);
  const [tail] = last ? unexpired([last], ports.clock.now()) : [];
  // No tick crosses a block. A device that has seen higher ones keeps them: they never go back.
  const hidden = tail?.state.is === "closed";
  return {
    conversation: row.conversation,
    peer,
    activeAt: row.activeAt,
    mine: marksOf(row),
    tallyAtRead: row.tallyAtRead,
    theirs: hidden || !theirs ? UNTOLD : marksOf(theirs),
    ...(tail ? { tail } : {}),
  };
}
