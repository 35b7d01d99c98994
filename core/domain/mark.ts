import type { Caller } from "./caller";
import { peerOf } from "./conversation";
import { deliver, type Unreached } from "./deliver";
import type { Entry } from "./entry";
import { seqOf, type Seq } from "./ids";
import { requireMember, tailOf } from "./known-conversation";
import type { MarksToRaise } from "./ports/inbox";
import type { Ports } from "./ports/ports";

export type MarkRequest = {
  readonly conversation: string;
  readonly delivered: number;
  readonly read?: number | undefined;
};

export type MarkPorts = Pick<
  Ports,
  "log" | "inbox" | "connections" | "watches" | "people" | "push" | "clock"
>;

/**
 * Raises a person's watermarks, never above the tail, and tells the peer's devices and their own others when one
 * has risen. A closed conversation keeps its ticks as they were: the peer hears nothing.
 */
export async function mark(ports: MarkPorts, caller: Caller, request: MarkRequest): Promise<Unreached> {
  const { user } = caller;
  const conversation = requireMember(request.conversation, user);
  const tail = await tailOf(ports, conversation, user);
  if (!tail) return false;
  const read = request.read === undefined ? undefined : await entryAt(ports, tail, lower(request.read, tail));
  const marks: MarksToRaise = {
    delivered: lower(request.delivered, tail),
    ...(read ? { read: { seq: read.seq, tally: read.tally } } : {}),
  };
  const risen = await ports.inbox.raise(user, conversation, marks);
  if (risen === "unchanged") return false;
  const people = tail.state.is === "open" ? [user, peerOf(conversation, user)] : [user];
  return deliver(ports, people, [{ is: "marks", conversation, user, marks: risen }], caller);
}

const lower = (claimed: number, tail: Entry): Seq => seqOf(Math.min(claimed, tail.seq));

/** The entry that has been read, for its tally. Nothing there (never, or expired): there is nothing to count from. */
async function entryAt(ports: Pick<Ports, "log">, tail: Entry, seq: Seq): Promise<Entry | undefined> {
  if (seq === tail.seq) return tail;
  const [entry] = await ports.log.readFrom(tail.conversation, seq, 1);
  return entry?.seq === seq ? entry : undefined;
}
