// A push may vanish, and a socket may be dead without a word. Where somebody looks, nothing is missed for longer
// than this: when the log of a conversation has been silent for so long it is asked whether there is more, and an
// answer that does not come drops the socket. A page that nobody looks at asks nothing: it catches up when somebody
// does.

import type { ConversationId } from "../domain/ids";
import type { Timers } from "../domain/ports/clock";
import type { LogReader } from "./log-reader";
import type { Surroundings } from "./ports/surroundings";

/**
 * One small read in a silent minute of a person who looks; views agree within 65 s of the last fault. Its answer comes
 * before the line itself would be asked whether it stands (SILENCE_MS), and spares that ping.
 */
export const LOOKOUT_MS = 59_500;

export interface Lookout {
  look(conversations: readonly ConversationId[]): void;
  /** The log has grown here, without a gap: up to now nothing was missed. */
  grown(conversation: ConversationId): void;
  stop(): void;
}

export function createLookout(
  { timers, surroundings }: { readonly timers: Timers; readonly surroundings: Surroundings },
  reader: Pick<LogReader, "check">,
): Lookout {
  /** Of those that are looked at: since when it has been silent. */
  let silentSince = new Map<ConversationId, number>();
  let cancel = () => {};

  /** A clock that was set back must not put it off: then it is due. */
  const dueMs = (since: number, now: number) => (now < since ? 0 : Math.max(0, since + LOOKOUT_MS - now));

  function next(): void {
    cancel();
    const now = timers.now();
    const soonest = Math.min(...[...silentSince.values()].map((since) => dueMs(since, now)));
    cancel = silentSince.size > 0 ? timers.after(soonest, onTime) : () => {};
  }

  function onTime(): void {
    const now = timers.now();
    for (const [conversation, since] of silentSince) {
      if (dueMs(since, now) > 0) continue;
      silentSince.set(conversation, now);
      if (surroundings.visible()) void reader.check(conversation);
    }
    next();
  }

  return {
    look: (conversations) => {
      const now = timers.now();
      silentSince = new Map(conversations.map((each) => [each, silentSince.get(each) ?? now]));
      next();
    },
    grown: (conversation) => {
      if (silentSince.has(conversation)) silentSince.set(conversation, timers.now());
    },
    stop: () => {
      silentSince.clear();
      next();
    },
  };
}
