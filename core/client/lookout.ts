// A push may vanish, and a socket may be dead without a word. Where somebody looks, nothing is missed for longer
// than this: the log is asked now and then whether there is more, and an answer that does not come drops the
// socket. A page that nobody looks at asks nothing: it catches up when somebody does.

import type { ConversationId } from "../domain/ids";
import type { Timers } from "../domain/ports/clock";
import type { LogReader } from "./log-reader";
import type { Surroundings } from "./ports/surroundings";

/** One small read a minute of a person who looks; views agree within 65 s of the last fault. */
export const LOOKOUT_MS = 60_000;

export interface Lookout {
  look(conversations: readonly ConversationId[]): void;
  stop(): void;
}

export function createLookout(
  { timers, surroundings }: { readonly timers: Timers; readonly surroundings: Surroundings },
  reader: LogReader,
): Lookout {
  let looking: readonly ConversationId[] = [];
  let cancel = () => {};

  function next(): void {
    cancel();
    cancel = looking.length > 0 ? timers.after(LOOKOUT_MS, onTime) : () => {};
  }

  function onTime(): void {
    if (surroundings.visible()) for (const conversation of looking) void reader.check(conversation);
    next();
  }

  return {
    look: (conversations) => {
      looking = conversations;
      next();
    },
    stop: () => {
      looking = [];
      next();
    },
  };
}
