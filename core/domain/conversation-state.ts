import type { ConversationState, Draft, Tally } from "./entry";
import { countOf } from "./entry";
import type { UserId } from "./ids";

/** The state after this draft, or undefined when it may not be written. Who closed a conversation opens it again. */
export function stateAfter(
  state: ConversationState,
  kind: Draft["kind"],
  from: UserId,
): ConversationState | undefined {
  switch (kind) {
    case "message":
      return state.is === "open" ? state : undefined;
    case "closed":
      return state.is === "open" ? { is: "closed", by: from } : undefined;
    case "opened":
      return state.is === "closed" && state.by === from ? { is: "open" } : undefined;
    default:
      return kind satisfies never;
  }
}

/** Only messages count: unread is a number of messages. */
export const tallyAfter = (tally: Tally, kind: Draft["kind"], from: UserId): Tally =>
  kind === "message" ? { ...tally, [from]: countOf(tally, from) + 1 } : tally;
