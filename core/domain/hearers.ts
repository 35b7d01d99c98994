import { membersOf } from "./conversation";
import { hasMessages, type Entry } from "./entry";
import { nextSeq, type UserId } from "./ids";
import type { Ports } from "./ports/ports";

/** Closing and opening over and over is all that a log without a message holds; nobody does so more often. */
const TURNS = 100;

/**
 * Who is told of what happens in a conversation: both, once somebody has said something. Before that only who has
 * taken part, so that whoever is blocked before the first word does not hear of it.
 */
export async function hearersOf({ log }: Pick<Ports, "log">, last: Entry): Promise<readonly UserId[]> {
  const members = membersOf(last.conversation) ?? [];
  if (hasMessages(last.tally)) return members;
  const turns = await log.readBefore(last.conversation, nextSeq(last.seq), TURNS);
  return members.filter((member) => turns.some(({ from }) => from === member));
}
