// Moves the cloud's clock back while something happens that is to be dated in the past, and then forward again.
//
// Other people who use the cloud in these seconds are in the past, too: their messages are dated a day ago, and their new
// tokens and codes have expired afterwards. So the demo does this at the first start, before the app answers, and when
// somebody presses "Begin anew".

import type { TurnableClock } from "../turnable-clock";

export type TimeMachine = {
  /** Moves on within the past, at most up to the present. */
  forward(byMs: number): void;
};

/** The clock comes back to the present, also when `act` fails. */
export async function inThePast<T>(
  clock: Pick<TurnableClock, "turn">,
  byMs: number,
  act: (machine: TimeMachine) => Promise<T>,
): Promise<T> {
  let behindMs = byMs;
  clock.turn(-byMs);
  try {
    return await act({
      forward: (stepMs) => {
        const allowedMs = Math.min(stepMs, behindMs);
        behindMs -= allowedMs;
        clock.turn(allowedMs);
      },
    });
  } finally {
    clock.turn(behindMs);
  }
}
