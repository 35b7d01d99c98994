import type { MakeRule } from "../rule";

/** One bad input never stops the others: the server throws at nothing, and no dead letter is left but what was planted. */
export const noPoison: MakeRule = (_scene, tally) => ({
  on: (event) => {
    if (event.is === "hostile") tally.check(true, () => "");
    else if (event.is === "problem" && event.ours)
      tally.check(false, () => `the server has thrown: ${event.why}`);
    else if (event.is === "dead-letters")
      tally.check(
        event.found === event.planted,
        () => `${event.found} dead letters are left; ${event.planted} were planted`,
      );
  },
});
