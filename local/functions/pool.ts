// The environments of one function. An event goes to an idle one, or to whichever is free first; while it waits for
// that, a new one is started. Each runs one event at a time.

import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import type { Clock } from "../clock";
import type { Invocation } from "../resources";
import type { Environment } from "./environment";
import type { FunctionLog } from "./function-log";
import type { Processors } from "./processors";
import { endLine, reportLine, startLine } from "./report-line";
import type { FunctionSettings } from "./settings";
import type { Watch } from "./watch";

/** A thread takes 10 MB and more: this bounds one function's share of a laptop. */
const MOST_ENVIRONMENTS = 20;
/** So many can have work for the processors at once: an event wakes one more only after it has waited as below. */
const MOST_AWAKE = availableParallelism() + 2;
/**
 * An event waits this long for a busy environment before one is woken or started for it. Most events are done sooner;
 * a new environment is 40 ms of processor time, and few that are busy run code that the compiler has made fast, where
 * many that share the work do not.
 */
const PATIENCE_MS = 20;
/** And this long where as many run as can be awake: ten people who write at once wait for 20 ms all the time. */
const CROWDED_PATIENCE_MS = 100;
/** And this long while no processor is spare for it: the busy ones may all be waiting for something else. */
const BUSY_PATIENCE_MS = 500;
/** To start is work for a processor alone: more at once are ready no sooner, and are too many by then. */
const MOST_STARTING = availableParallelism();
/** Behind them events wait; a queue longer than this is a flood, and gets Lambda's own answer to one. */
const MOST_WAITING = 1_000;
/**
 * How long an environment stays idle while its function has more than so many. Each is 20 MB, which a burst is not to leave
 * behind; but it also holds code that the compiler has made fast, which whoever comes back is glad of. Lambda keeps one for
 * some minutes; it does not say how many.
 */
const KEPT = [
  { idleMs: 15_000, most: MOST_AWAKE },
  { idleMs: 3 * 60_000, most: 1 },
  { idleMs: 10 * 60_000, most: 0 },
] as const;

export type Pool = {
  invoke(event: unknown, cause: string): Promise<Invocation>;
  /** Something loads, waits or runs. */
  isBusy(): boolean;
  /** Ends every environment now. What runs in them is lost; what waits gets a new one, unless this pool drains. */
  kill(): Promise<void>;
  /** Takes no more events; settles when those it has are done and the last environment has ended. */
  drain(): Promise<void>;
};

type Waiting = {
  readonly event: string;
  readonly cause: string;
  readonly since: number;
  readonly settle: (invocation: Invocation) => void;
};
type Idle = { readonly environment: Environment; stay: () => void };

type PoolOptions = {
  readonly settings: FunctionSettings;
  readonly clock: Clock;
  readonly log: FunctionLog;
  readonly watch: Watch;
  readonly processors: Pick<Processors, "areSpare">;
  readonly start: (onEnded: (environment: Environment) => void) => Promise<Environment>;
};

export function createPool({ settings, clock, log, watch, processors, start }: PoolOptions): Pool {
  const waiting: Waiting[] = [];
  // The last to come is the first to go, so that what is too many gets old and is retired.
  const idle: Idle[] = [];
  const alive = new Set<Environment>();
  const killed = new WeakSet<Environment>();
  const initMsOf = new Map<Environment, number>();
  let impatience: NodeJS.Timeout | undefined;
  let starting = 0;
  let running = 0;
  let drained: (() => void) | undefined;

  const pump = (): void => {
    while (waiting.length > 0 && idle.length > 0 && mayWake()) {
      const place = idle.pop();
      const next = waiting.shift();
      if (place === undefined || next === undefined) return;
      place.stay();
      void runIn(place.environment, next);
    }
    startEnough();
    if (drained === undefined || waiting.length > 0) return;
    endIdle();
    if (alive.size === 0 && starting === 0) drained();
  };

  const mayWake = (): boolean => running < MOST_AWAKE || waitingFor(patienceMs()) > 0;

  /** One for each event that has waited for long; the first one at once. */
  const startEnough = (): void => {
    const total = () => idle.length + running + starting;
    const toServe = total() === 0 ? waiting.length : waitingFor(patienceMs());
    const most = Math.min(toServe, MOST_STARTING);
    while (starting < most && total() < MOST_ENVIRONMENTS) void startOne();
    if (toServe < waiting.length) impatience ??= setTimeout(lookAgain, PATIENCE_MS);
  };

  const waitingFor = (ms: number): number => {
    const late = performance.now() - ms;
    return waiting.filter(({ since }) => since <= late).length;
  };

  /** The machine is asked only when somebody has waited for long enough. */
  const patienceMs = (): number =>
    waitingFor(PATIENCE_MS) > 0 && !processors.areSpare()
      ? BUSY_PATIENCE_MS
      : running < MOST_AWAKE
        ? PATIENCE_MS
        : CROWDED_PATIENCE_MS;

  const lookAgain = (): void => {
    impatience = undefined;
    pump();
  };

  /** Out of the row first: its thread takes a moment to end, and must be given no event meanwhile. */
  const retire = (place: Idle): void => {
    idle.splice(idle.indexOf(place), 1);
    void place.environment.end();
  };

  const endIdle = (): void => {
    for (const { environment, stay } of idle.splice(0)) {
      stay();
      void environment.end();
    }
  };

  const rest = (environment: Environment): void => {
    if (!alive.has(environment)) return;
    const place: Idle = { environment, stay: () => {} };
    const keep = ([age, ...older]: readonly (typeof KEPT)[number][], idleMs: number): void => {
      if (age === undefined) return;
      place.stay = clock.after(age.idleMs - idleMs, () => {
        if (idle.length + running > age.most) retire(place);
        else keep(older, age.idleMs);
      });
    };
    keep(KEPT, 0);
    idle.push(place);
  };

  const drop = (environment: Environment): void => {
    alive.delete(environment);
    initMsOf.delete(environment);
    const at = idle.findIndex((each) => each.environment === environment);
    if (at >= 0) idle.splice(at, 1)[0]?.stay();
    pump();
  };

  // One event pays for one failed start, so that a function that cannot load answers instead of hanging.
  const failOne = (errorType: string, errorMessage: string): void =>
    waiting.shift()?.settle({ is: "failed", errorType, errorMessage });

  const startOne = async (): Promise<void> => {
    starting += 1;
    const environment = await start(drop).catch((error: unknown) => {
      failOne("Runtime.StartError", String(error));
      return undefined;
    });
    if (environment !== undefined) {
      alive.add(environment);
      const started = await environment.started;
      if (started.is === "ready") initMsOf.set(environment, started.initMs);
      else if (!killed.has(environment)) failOne(started.error.errorType, started.error.errorMessage);
      if (started.is === "ready") rest(environment);
    }
    starting -= 1;
    pump();
  };

  const runIn = async (environment: Environment, { event, cause, settle }: Waiting): Promise<void> => {
    const requestId = randomUUID();
    const initMs = initMsOf.get(environment);
    initMsOf.delete(environment);
    running += 1;
    log.write(startLine(requestId));
    const startedAt = performance.now();
    await pauseOn(clock, watch.delayMs());
    const { arn, timeoutMs } = settings;
    const invocation = await environment.run({ requestId, arn, timeoutMs, event }, cause);
    const durationMs = performance.now() - startedAt;
    running -= 1;
    const timedOut = invocation.is === "timed-out";
    log.write(endLine(requestId));
    const memoryUsedMb = environment.memoryUsedMb();
    log.write(reportLine(settings, { requestId, durationMs, initMs, memoryUsedMb, timedOut }));
    watch.ran({
      functionName: settings.name,
      memoryMb: settings.memoryMb,
      billedMs: durationMs,
      initMs,
      cause,
    });
    settle(invocation);
    // After a time-out the thread is being ended; after a crash it has been dropped.
    if (!timedOut && watch.endsAfterEvent()) {
      endIdle();
      await environment.end();
    } else if (!timedOut) rest(environment);
    pump();
  };

  const most = settings.reservedConcurrency ?? MOST_ENVIRONMENTS + MOST_WAITING;
  return {
    invoke: async (event, cause) => {
      if (drained !== undefined)
        return {
          is: "failed",
          errorType: "ResourceNotFoundException",
          errorMessage: "Function was replaced.",
        };
      if (running + waiting.length >= most)
        return { is: "failed", errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." };
      return new Promise((settle) => {
        waiting.push({ event: JSON.stringify(event) ?? "null", cause, since: performance.now(), settle });
        pump();
      });
    },
    isBusy: () => waiting.length + running + starting > 0,
    kill: async () => {
      if (drained !== undefined)
        while (waiting.length > 0) failOne("Runtime.ExitError", "The function was stopped.");
      endIdle();
      for (const environment of alive) killed.add(environment);
      await Promise.all([...alive].map((environment) => environment.end()));
    },
    drain: () =>
      new Promise((resolve) => {
        drained = resolve;
        pump();
      }),
  };
}

const pauseOn = async (clock: Clock, delayMs: number): Promise<void> => {
  if (delayMs > 0) await new Promise<void>((resolve) => clock.after(delayMs, resolve));
};
