import type { Caller } from "./caller";
import type { Entry } from "./entry";
import { unexpired } from "./expiry";
import { emptyHead, headSeq } from "./head";
import { NO_SEQ, seqOf, type ConversationId, type Seq } from "./ids";
import { marksOf, type Watermarks } from "./inbox-row";
import { requireMember } from "./known-conversation";
import { PAGE_ENTRIES } from "./limits";
import { readDense } from "./read-dense";
import type { Ports } from "./ports/ports";

/** `marks`: with one's own watermarks, for who cannot know whether what they told of them has arrived. */
export type SyncRequest = { readonly conversation: string } & (
  { readonly after: number; readonly marks?: true | undefined } | { readonly before: number }
);

/**
 * Entries ascending, without a gap. Nothing exists above `tail`. Nothing exists at or below `floor`; a page that
 * has not come to the beginning of the log says 0, so the highest floor that a device was told is the truth.
 */
export type Page = {
  readonly conversation: ConversationId;
  readonly entries: readonly Entry[];
  readonly tail: Seq;
  readonly floor: Seq;
  readonly mine?: Watermarks;
};

type SyncPorts = Pick<Ports, "log" | "inbox" | "clock">;

/** One page of the log after or before a seq. */
export async function sync(ports: SyncPorts, caller: Caller, request: SyncRequest): Promise<Page> {
  const conversation = requireMember(request.conversation, caller.user);
  if ("before" in request)
    return (
      (await pageBefore(ports, conversation, seqOf(request.before))) ?? noPage(ports, caller, conversation)
    );
  const [page, row] = await Promise.all([
    pageAfter(ports, conversation, seqOf(request.after)),
    request.marks && ports.inbox.row(caller.user, conversation),
  ]);
  return { ...(page ?? (await noPage(ports, caller, conversation))), ...(row && { mine: marksOf(row) }) };
}

async function noPage(ports: SyncPorts, { user }: Caller, conversation: ConversationId): Promise<Page> {
  const head = await emptyHead(ports, conversation, user);
  const tail = headSeq(head);
  return { conversation, entries: [], tail, floor: head.is === "floor" ? tail : NO_SEQ };
}

/** The entry at `after` is read too: where it is there, what follows it is known to be without a gap. */
async function pageAfter(
  ports: SyncPorts,
  conversation: ConversationId,
  after: Seq,
): Promise<Page | undefined> {
  const limit = PAGE_ENTRIES + 1;
  const read = await readDense(ports, { conversation, from: seqOf(Math.max(after, 1)), limit });
  const last = read.at(-1);
  if (!last) return undefined;
  const entries = read.filter((entry) => entry.seq > after).slice(0, PAGE_ENTRIES);
  const tail = read.length < limit ? last : await ports.log.tail(conversation);
  const first = entries[0];
  const floor = first && first.seq > after + 1 ? seqOf(first.seq - 1) : NO_SEQ;
  return { conversation, entries, tail: tail?.seq ?? last.seq, floor };
}

/** Read downwards, so no append that runs beside it leaves a gap: what stands below an entry was there before it. */
async function pageBefore(
  ports: SyncPorts,
  conversation: ConversationId,
  before: Seq,
): Promise<Page | undefined> {
  const [read, last] = await Promise.all([
    ports.log.readBefore(conversation, before, PAGE_ENTRIES),
    ports.log.tail(conversation),
  ]);
  const [tail] = last ? unexpired([last], ports.clock.now()) : [];
  if (!tail) return undefined;
  const entries = unexpired(read, ports.clock.now());
  const lowest = entries[0]?.seq ?? before;
  const atBeginning = entries.length < PAGE_ENTRIES;
  return {
    conversation,
    entries,
    tail: seqOf(Math.max(tail.seq, entries.at(-1)?.seq ?? NO_SEQ)),
    floor: atBeginning ? seqOf(Math.max(0, lowest - 1)) : NO_SEQ,
  };
}
