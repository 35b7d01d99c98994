import type { ConversationState, Draft, Tally } from "./entry";
import { countOf } from "./entry";
import type { UserId } from "./ids";

/**
 * The state after this draft, or undefined when it may not be written. Either may close, also what the other has
 * closed already: it opens again when everybody who closed it has opened it. While it is closed nothing else is
 * written, not even a delete.
 */
export function stateAfter(
  state: ConversationState,
  kind: Draft["kind"],
  from: UserId,
): ConversationState | undefined {
  const closers = state.is === "closed" ? state.by : [];
  switch (kind) {
    case "message":
    case "edit":
    case "delete":
    case "reaction":
      return state.is === "open" ? state : undefined;
    case "closed":
      return closers.includes(from) ? undefined : { is: "closed", by: [...closers, from] };
    case "opened": {
      if (!closers.includes(from)) return undefined;
      const others = closers.filter((closer) => closer !== from);
      return others.length > 0 ? { is: "closed", by: others } : { is: "open" };
    }
    default:
      return kind satisfies never;
  }
}

/** Only messages count: unread is a number of messages. */
export const tallyAfter = (tally: Tally, kind: Draft["kind"], from: UserId): Tally =>
  kind === "message" ? { ...tally, [from]: countOf(tally, from) + 1 } : tally;
