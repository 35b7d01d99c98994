// Whether the tab that leads is alive. One that is closed or crashes loses the lead by itself; one that hangs, or
// that the browser froze without a word, does not. Asked only where somebody looks and would miss something.

import type { Timers } from "../../domain/ports/clock";
import type { Surroundings } from "../ports/surroundings";

/** Four unanswered ones make a second. */
export const BEAT_MS = 250;
const SILENT_BEATS = 4;
/** A tab that has just been opened may find another that is just being opened too. */
const SILENT_BEATS_AT_FIRST = 10;

export interface Pulse {
  /** Beats while the page can be seen. */
  start(): void;
  heard(): void;
  stop(): void;
}

export function createPulse(
  { timers, surroundings }: { readonly timers: Timers; readonly surroundings: Surroundings },
  { beat, silent }: { readonly beat: () => void; readonly silent: () => void },
): Pulse {
  let cancel = () => {};
  /** Counted in beats, not in time: a machine that slept has missed neither. */
  let unanswered = 0;
  let most = SILENT_BEATS_AT_FIRST;

  function next(): void {
    cancel();
    cancel = surroundings.visible() ? timers.after(BEAT_MS, onTime) : () => {};
  }

  function onTime(): void {
    if (unanswered === most) {
      unanswered = 0;
      silent();
    } else {
      unanswered += 1;
      beat();
    }
    next();
  }

  return {
    start: next,
    heard: () => {
      unanswered = 0;
      most = SILENT_BEATS;
    },
    stop: () => {
      cancel();
      unanswered = 0;
      most = SILENT_BEATS_AT_FIRST;
    },
  };
}
