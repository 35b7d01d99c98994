// The log is the lock: appending is one conditional put at the next free slot, and that one write gives order,
// exactly-once and atomicity.
//
//   1  read [after, tail], without a gap (stretch.ts)
//   2  the id from this person is among them: it is already in; answer with that entry
//   3  the last entry says closed: refuse `cannot-deliver`; says that this person has written too many just now: refuse
//      `slow-down`; an amendment whose message cannot be changed: refuse
//   4  raise both inbox rows if the last entry's bumpedAt is older than BUMP_EVERY_MS. Before the append, so that
//      there is no entry of which a row does not know
//   5  put at tail + 1 if nothing is there; "taken": go to 1
//
// Why it is exactly-once: slots fill without gaps, so an attempt that would write an id at slot b has seen every
// slot in (after, b - 1] filled. An earlier copy at a < b is one of them, entries never move, and so the attempt
// finds it and stops. It may crash at any step, run twice at once or finish an hour late.
//
// The first entry of an empty log stands at floor + 1. Its rows are made before it (step 4, the floor unchanged:
// every writer of a first entry must see the same one) and their floor is raised after it, before anyone is told.
// Its bumpedAt is 0, so whoever comes next raises the floor if that was broken off.

import { checkTarget } from "./check-target";
import { membersOf } from "./conversation";
import { stateAfter, tallyAfter } from "./conversation-state";
import type { Draft, Entry } from "./entry";
import { headSeq, headState, headTally, type Head } from "./head";
import { nextSeq, seqOf, type ConversationId, type DeviceId, type Seq, type UserId } from "./ids";
import { BUMP_EVERY_MS, FLOOR_HEADROOM } from "./limits";
import { Refusal } from "./refusal";
import { paceAfter } from "./pace";
import type { Ports } from "./ports/ports";
import { extended, findOwn, readStretch, type Stretch } from "./stretch";

export type AppendPorts = Pick<Ports, "log" | "inbox" | "clock" | "pace">;

export type Append = {
  readonly conversation: ConversationId;
  readonly from: UserId;
  readonly device: DeviceId;
  readonly after: Seq;
  readonly draft: Draft;
};

/** `stretch` now ends with what is known of the log: the next draft of the same `send` goes on from there. */
export type Appended = { readonly entry: Entry; readonly stretch: Stretch };

/** The two looks that make it exactly-once. A test leaves one out and sees messages doubled. */
export type AppendParts = { readonly read: typeof readStretch; readonly findOwn: typeof findOwn };

/** Every lost race means that somebody else got through; nobody loses so many unless the put itself is broken. */
const RACES = 50;
/** Older than any BUMP_EVERY_MS: the rows do not know of the entry's seq yet. */
const NOT_BUMPED = 0;

export const appendWith =
  (parts: AppendParts) =>
  async (ports: AppendPorts, request: Append, known?: Stretch): Promise<Appended> => {
    const { conversation, from, after, draft } = request;
    let stretch = known ?? (await parts.read(ports, { conversation, user: from, after }));
    for (let races = 0; races < RACES; races += 1) {
      const own = parts.findOwn(stretch, from, draft.id);
      if (own) {
        if (own.bumpedAt === NOT_BUMPED) await bump(ports, conversation, own.seq);
        return { entry: own, stretch };
      }
      const entry = await prepare(ports, request, stretch);
      if ((await ports.log.append(entry)) === "appended") {
        if (entry.bumpedAt === NOT_BUMPED) await bump(ports, conversation, entry.seq);
        return { entry, stretch: extended(stretch, entry) };
      }
      stretch = await parts.read(ports, { conversation, user: from, after });
    }
    throw new Refusal("try-again");
  };

export const append = appendWith({ read: readStretch, findOwn });

/** Steps 3 and 4, and the entry for step 5. */
async function prepare(ports: AppendPorts, request: Append, stretch: Stretch): Promise<Entry> {
  const { conversation, from, device, draft } = request;
  const { head } = stretch;
  const state = stateAfter(headState(head), draft.kind, from);
  if (!state) throw new Refusal("cannot-deliver");
  const at = ports.clock.now();
  const paces = paceAfter(head, from, at, ports.pace.entriesAWindow);
  await checkTarget(ports, request, stretch);
  return {
    ...draft,
    conversation,
    seq: nextSeq(headSeq(head)),
    from,
    device,
    at,
    tally: tallyAfter(headTally(head), draft.kind, from),
    state,
    bumpedAt: await bumpedAt(ports, conversation, head),
    ...(Object.keys(paces).length > 0 ? { paces } : {}),
  };
}

async function bumpedAt(ports: AppendPorts, conversation: ConversationId, head: Head): Promise<number> {
  const now = ports.clock.now();
  switch (head.is) {
    case "floor":
      await ports.inbox.bump(conversation, membersOf(conversation) ?? [], now, head.floor);
      return NOT_BUMPED;
    case "entry":
      if (now - head.entry.bumpedAt < BUMP_EVERY_MS) return head.entry.bumpedAt;
      await bump(ports, conversation, head.entry.seq);
      return now;
    default:
      return head satisfies never;
  }
}

export const bump = (
  ports: Pick<AppendPorts, "inbox" | "clock">,
  conversation: ConversationId,
  tail: Seq,
): Promise<void> =>
  ports.inbox.bump(
    conversation,
    membersOf(conversation) ?? [],
    ports.clock.now(),
    seqOf(tail + FLOOR_HEADROOM),
  );
