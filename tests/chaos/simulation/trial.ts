// A run and its verdict.

import { check } from "../checker/check";
import { brokenIn, type Invariant, type Verdict } from "../checker/verdict";
import type { FaultKind, History } from "../history/event";
import { BUGS, planted, type BugName } from "../planted/planted";
import type { CrashPoints } from "./crash-points";
import { planOf, type Act } from "./plan";
import { play } from "./play";
import { SIMULATED } from "./weather";

export type Setting = {
  readonly seed: number;
  readonly messages: number;
  readonly kinds: readonly FaultKind[];
  readonly bug?: BugName;
  /** Of the acts of the plan those that are done; absent: all. */
  readonly acts?: readonly number[];
};

export type Trial = {
  readonly setting: Setting;
  readonly history: History;
  readonly verdict: Verdict;
  readonly points: CrashPoints;
  readonly healedMs: number | undefined;
};

export const setting = (seed: number, messages: number, more: Partial<Setting> = {}): Setting => ({
  seed,
  messages,
  kinds: SIMULATED,
  ...more,
});

export async function tryOut(at: Setting): Promise<Trial> {
  const { seed, bug, kinds } = at;
  const run = { seed, acts: actsOf(at), kinds: new Set(kinds) };
  const { history, points, healedMs } = await play(bug ? { ...run, planted: planted(bug) } : run);
  return { setting: at, history, verdict: check(history), points, healedMs };
}

export function actsOf({ seed, messages, acts }: Setting): readonly Act[] {
  const plan = planOf(seed, messages);
  return acts ? plan.filter(({ index }) => acts.includes(index)) : plan;
}

export type Caught = {
  readonly bug: BugName;
  readonly tried: number;
  /** Undefined: it was not caught. */
  readonly by: Invariant | undefined;
  readonly trial: Trial | undefined;
};

/** What is red without the bug too, the bug has not made red. */
async function isGreenWithout({ seed, messages }: Setting, by: Invariant): Promise<boolean> {
  const { verdict } = await tryOut(setting(seed, messages));
  return verdict[by].broken === 0;
}

/** The first seed that turns red by one of the invariants that are to catch it. */
export async function catchBug(bug: BugName, messages: number, seeds: number): Promise<Caught> {
  const { breaks, messages: own = messages, seed: likely } = BUGS[bug];
  const all = Array.from({ length: seeds }, (_, index) => index + 1);
  for (const seed of [...(likely === undefined ? [] : [likely]), ...all]) {
    const trial = await tryOut(setting(seed, own, { bug }));
    const by = brokenIn(trial.verdict).find((name) => breaks.some((one) => one === name));
    if (by && (await isGreenWithout(trial.setting, by))) return { bug, by, trial, tried: seed };
  }
  return { bug, by: undefined, trial: undefined, tried: seeds };
}
