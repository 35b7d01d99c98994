// Kills the functions of the server at each of their awaits, one at a time: a small talk in fine weather, in which the
// n-th time that a function comes by a point it dies there. The talk goes through every route, and each run is judged.

import { check } from "../checker/check";
import type { Verdict } from "../checker/verdict";
import type { CrashPoint } from "./crash-points";
import { play, type Run } from "./play";
import { planOf, type Act, type Deed } from "./plan";
import { SIMULATED } from "./weather";

/** The routes of which the sweep must hit every point. */
export const SWEPT = ["send", "hello", "sync", "mark", "relay"] as const;

export type Swept = { readonly died: number; readonly verdict: Verdict };

const PAUSE_MS = 700;

type Step = readonly [afterMs: number, deed: Deed];
const op = (what: Extract<Deed, { is: "operation" }>["what"], afterMs = PAUSE_MS): Step => [
  afterMs,
  { is: "operation", what },
];
const trouble = (what: Extract<Deed, { is: "trouble" }>["what"]): Step => [PAUSE_MS, { is: "trouble", what }];

/** All that goes a way of its own through the server. */
const TALK: readonly Step[] = [
  ...[op("send"), op("shown"), op("react"), op("edit"), op("typing"), op("look"), op("remove"), op("send")],
  // What is pushed finds sockets that are gone and rows that are not.
  ...[trouble("everyone"), op("send", 0), op("send", 20), op("edit", 0), trouble("cut"), op("send", 0)],
  ...[trouble("deaf"), op("send", 0), op("shown"), trouble("blockRace"), op("send", 7_000), op("older")],
  [PAUSE_MS, { is: "reload" }],
];
const ROUNDS = 2;

const acts: readonly Act[] = Array.from({ length: ROUNDS }, () => TALK)
  .flat()
  .map(([afterMs, deed], index) => ({ index, afterMs, deed }));

const runOf = (seed: number): Run => ({
  seed,
  acts,
  kinds: new Set(["N1", "N5", "N16", "N17"]),
  strength: 0,
  rounds: 2,
});

const STORM_MESSAGES = 300;
const stormOf = (seed: number): Run => ({
  seed,
  acts: planOf(seed, STORM_MESSAGES),
  kinds: new Set(SIMULATED),
  rounds: 2,
});

/** Every point of the swept routes that the talk comes by while functions may die. */
export const pointsOf = (seed: number): Promise<readonly CrashPoint[]> => passedIn(runOf(seed));
export const stormPoints = (seed: number): Promise<readonly CrashPoint[]> => passedIn(stormOf(seed));

async function passedIn(run: Run): Promise<readonly CrashPoint[]> {
  const passed = new Set<CrashPoint>();
  const note = (point: CrashPoint) => {
    passed.add(point);
    return false;
  };
  await play({ ...run, kills: note });
  return [...passed].filter((point) => SWEPT.some((route) => point.startsWith(`${route}: `))).sort();
}

/** The talk, in which functions die at this point: the first few that come by. */
export const killAt = (seed: number, point: CrashPoint, times: number): Promise<Swept> =>
  killIn(runOf(seed), point, times);
export const killInStorm = (seed: number, point: CrashPoint, times: number): Promise<Swept> =>
  killIn(stormOf(seed), point, times);

async function killIn(run: Run, point: CrashPoint, times: number): Promise<Swept> {
  let left = times;
  const { points, history } = await play({ ...run, kills: (at) => at === point && (left -= 1) >= 0 });
  const died = points.counts().find((one) => one.point === point)?.died ?? 0;
  return { died, verdict: check(history) };
}
