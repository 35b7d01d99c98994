import { stateAfter, tallyAfter } from "../domain/conversation-state";
import type { ConversationState, Entry, Tally } from "../domain/entry";
import { countOf, writtenAs } from "../domain/entry";
import type { History } from "./append-trial";

/** Everything about a trial that must not be; nothing, if the log has kept its promises. */
export function verdict(history: History): readonly string[] {
  const entries = history.log.entries(history.conversation);
  return [
    ...history.troubles,
    ...gaps(entries),
    ...doubles(entries),
    ...brokenAcks(history, entries),
    ...brokenOrder(history),
    ...brokenState(entries),
    ...lowFloors(history, entries),
  ];
}

/**
 * Both members' rows forbid every seq that was given. A lone first entry may stand above them for the moment:
 * whoever acknowledges it, and whoever writes the next one, raises them first.
 */
const lowFloors = ({ inbox, members, conversation }: History, entries: readonly Entry[]) =>
  members.flatMap((member) => {
    const floor = inbox.peek(member, conversation)?.floor ?? 0;
    return entries.length < 2 || floor >= entries.length ? [] : [`the floor of ${member} is ${floor} only`];
  });

const gaps = (entries: readonly Entry[]) =>
  entries.flatMap((entry, index) =>
    entry.seq === index + 1 ? [] : [`a hole: ${entry.seq} is entry ${index + 1}`],
  );

function doubles(entries: readonly Entry[]): readonly string[] {
  const seen = new Set<string>();
  return entries.flatMap(({ from, id, seq }) => {
    const key = `${from} ${id}`;
    const known = seen.has(key);
    seen.add(key);
    return known ? [`doubled: ${id} again at ${seq}`] : [];
  });
}

/** Each names the slot in which its message stands, so two for one message name the same. */
const brokenAcks = ({ acks, settled }: History, entries: readonly Entry[]) =>
  [...acks, ...[...settled.values()].flat()].flatMap(({ user, id, seq }) => {
    const entry = entries[seq - 1];
    return entry?.id === id && entry.from === user ? [] : [`lost: ${id} was acknowledged at ${seq}`];
  });

const brokenOrder = ({ settled }: History) =>
  [...settled.values()].flatMap((acks) =>
    acks.flatMap(({ id, seq }, index) =>
      seq > (acks[index - 1]?.seq ?? 0)
        ? []
        : [`out of order: ${id} at ${seq} was sent after the one before it`],
    ),
  );

/** Replays the log: nothing stands behind `closed` that may not, and every tally is the count. */
function brokenState(entries: readonly Entry[]): readonly string[] {
  let state: ConversationState = { is: "open" };
  let tally: Tally = {};
  const broken: string[] = [];
  for (const entry of entries) {
    const { seq, from } = entry;
    const kind = writtenAs(entry);
    const next = stateAfter(state, kind, from);
    if (!next) broken.push(`${kind} at ${seq} stands where the conversation is ${state.is}`);
    state = next ?? state;
    tally = tallyAfter(tally, kind, from);
    const counted = tally;
    if (entry.state.is !== state.is) broken.push(`entry ${seq} says ${entry.state.is}, it is ${state.is}`);
    if (countOf(entry.tally, from) !== countOf(counted, from))
      broken.push(`entry ${seq} has the wrong tally`);
  }
  return broken;
}
