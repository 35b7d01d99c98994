// Makes a failing run smaller and keeps it failing by the same invariant: fewer messages, fewer kinds of faults, fewer
// acts. What is left is printed as a command that repeats it.

import { brokenIn, type Invariant } from "../checker/verdict";
import { actsOf, tryOut, type Setting, type Trial } from "./trial";

/** A run of a few hundred messages takes a second; nobody waits for an hour. */
const MOST_TRIALS = 80;

export async function shrink(found: Trial): Promise<Trial> {
  const [wanted] = brokenIn(found.verdict);
  if (!wanted) return found;
  let [best, trials] = [found, 0];

  async function attempt(next: Setting): Promise<boolean> {
    if ((trials += 1) > MOST_TRIALS) return false;
    const trial = await tryOut(next);
    if (!breaks(trial, wanted)) return false;
    best = trial;
    return true;
  }

  while (best.setting.messages > 1) {
    const messages = Math.floor(best.setting.messages / 2);
    if (!(await attempt({ ...best.setting, messages }))) break;
  }
  for (const kind of best.setting.kinds)
    await attempt({ ...best.setting, kinds: best.setting.kinds.filter((one) => one !== kind) });
  await thinOut(
    () => best.setting,
    (acts) => attempt({ ...best.setting, acts }),
  );
  return best;
}

const breaks = ({ verdict }: Trial, wanted: Invariant | undefined): boolean =>
  brokenIn(verdict).some((name) => name === wanted);

/** Leaves out halves, then quarters, and so on. */
async function thinOut(
  current: () => Setting,
  attempt: (acts: readonly number[]) => Promise<boolean>,
): Promise<void> {
  const left = () => actsOf(current()).map(({ index }) => index);
  for (let parts = 2; parts <= 32 && left().length >= parts; parts *= 2) {
    const size = Math.ceil(left().length / parts);
    for (let start = 0; start < left().length;) {
      const all = left();
      const less = [...all.slice(0, start), ...all.slice(start + size)];
      if (!(await attempt(less))) start += size;
    }
  }
}

/** As the command line takes it: `0-4,9`. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join();
}

export const numbersOf = (ranges: string): readonly number[] =>
  ranges.split(",").flatMap((range) => {
    const [from = NaN, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
