// Browsers make the timers of a hidden page late, by up to a minute, but not its messages. Where the tab that leads
// is hidden and another is looked at, the beats of that one keep the timers of this one prompt.

import type { Timers } from "../../domain/ports/clock";

export type PromptTimers = Timers & {
  /** Runs what is due. */
  readonly prod: () => void;
};

export function promptTimers(timers: Timers): PromptTimers {
  const waiting = new Set<{ readonly dueAt: number; readonly run: () => void }>();

  return {
    now: () => timers.now(),
    after: (delayMs, then) => {
      const run = () => {
        if (!waiting.delete(alarm)) return;
        cancel();
        then();
      };
      const alarm = { dueAt: timers.now() + delayMs, run };
      waiting.add(alarm);
      const cancel = timers.after(delayMs, run);
      return () => {
        waiting.delete(alarm);
        cancel();
      };
    },
    prod: () => {
      const now = timers.now();
      const due = [...waiting].filter(({ dueAt }) => dueAt <= now);
      for (const { run } of due.sort((one, other) => one.dueAt - other.dueAt)) run();
    },
  };
}
