// Rounds of all systems in turns, so that a machine that is slower for a while is slower for each of them.

import { createArrivals } from "./load/arrivals";
import { drive, type Mode, type Round } from "./load/drive";
import { type Spread, spreadOf } from "./load/figures";
import { quiet } from "./load/quiet";
import type { StartOptions, System } from "./load/system";
import { processorMs } from "./measure/process";

export type Row = {
  readonly system: string;
  readonly mode: Mode;
  readonly perSecond: Spread;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
  readonly lost: number;
  /** Processor time that a message costs in each process, and in the load itself. */
  readonly processorMs: Readonly<Record<string, number>>;
};

export type Plan = {
  readonly pairs: number;
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUp: readonly { readonly mode: Mode; readonly forMs: number }[];
  readonly modes: readonly Mode[];
};

export type Contestant = (options: StartOptions) => Promise<System>;

type Entrant = { readonly system: System; readonly round: (mode: Mode, forMs: number) => Promise<Round> };
type Measured = Round & { readonly processorMs: Readonly<Record<string, number>> };

export async function enter(contestant: Contestant, pairs: number): Promise<Entrant> {
  const arrivals = createArrivals();
  const system = await contestant({ pairs, arrived: arrivals.arrived });
  return { system, round: (mode, forMs) => drive(system.lines, arrivals, mode, forMs) };
}

export async function contest(
  entrants: readonly Entrant[],
  plan: Plan,
  say: (line: string) => void,
): Promise<readonly Row[]> {
  for (const { round } of entrants) for (const { mode, forMs } of plan.warmUp) await round(mode, forMs);
  const settle = async () => {
    const pids = entrants.flatMap(({ system }) => Object.values(system.processes()));
    const busyMs = () => pids.reduce((sum, pid) => sum + processorMs(pid), 0);
    if (!(await quiet(busyMs))) say("what the last round left is not done: the next one is disturbed by it");
  };
  const measured = new Map<string, Measured[]>();
  for (let round = 1; round <= plan.rounds; round++) {
    say(`round ${round} of ${plan.rounds}`);
    for (const mode of plan.modes)
      for (const entrant of entrants) {
        await settle();
        const rounds = measured.get(keyOf(entrant, mode)) ?? [];
        measured.set(keyOf(entrant, mode), [...rounds, await measure(entrant, mode, plan.roundMs)]);
      }
  }
  return plan.modes.flatMap((mode) =>
    entrants.map((entrant) => rowOf(entrant.system.name, mode, measured.get(keyOf(entrant, mode)) ?? [])),
  );
}

const keyOf = ({ system }: Entrant, mode: Mode) => `${system.name} ${JSON.stringify(mode)}`;

async function measure({ system, round }: Entrant, mode: Mode, forMs: number): Promise<Measured> {
  const processes = { ...system.processes(), load: process.pid };
  const before = Object.values(processes).map(processorMs);
  const result = await round(mode, forMs);
  const spent = Object.entries(processes).map(([name, pid], index) => [
    name,
    (processorMs(pid) - (before[index] ?? 0)) / Math.max(1, result.messages),
  ]);
  return { ...result, processorMs: Object.fromEntries(spent) as Record<string, number> };
}

function rowOf(system: string, mode: Mode, rounds: readonly Measured[]): Row {
  const names = Object.keys(rounds[0]?.processorMs ?? {});
  return {
    system,
    mode,
    perSecond: spreadOf(rounds.map(({ perSecond }) => perSecond)),
    p50Ms: spreadOf(rounds.map(({ p50Ms }) => p50Ms)),
    p99Ms: spreadOf(rounds.map(({ p99Ms }) => p99Ms)),
    lost: rounds.reduce((all, { lost }) => all + lost, 0),
    processorMs: Object.fromEntries(
      names.map((name) => [name, spreadOf(rounds.map((round) => round.processorMs[name] ?? 0)).median]),
    ),
  };
}
