// What goes wrong on AWS and never on a laptop: throttling, lost answers, late and missing `$disconnect`s, dead
// functions. Drawn from a seed; each part asks at the place where it would happen there.

import { seededDraw } from "./seeded-draw";
import { type Late, readWeather, type WeatherSettings } from "./settings";

export type DatabaseFate =
  | { readonly is: "well" }
  | { readonly is: "throttled" | "failed" | "failed-after-applying" | "hung-up" | "conflict" };
export type CallbackFate = { readonly is: "well" | "gone" | "too-many" | "lost" };

/** A call that a function makes, counted from 1 in each event. */
export type OutsideCall = { readonly functionName: string; readonly action: string; readonly call: number };

export type Weather = {
  settings(): WeatherSettings;
  /** Refused with a sentence when it is no weather; what was set before then stays. */
  set(settings: unknown): WeatherSettings;
  /** Called at each change, before anything meets it. */
  follow(listener: () => void): void;
  /** Whether no call to the tables can be disturbed. */
  sparesTables(): boolean;
  database(kind: { readonly writes: boolean }): DatabaseFate;
  databaseDelayMs(): number;
  callback(): CallbackFate;
  callbackDelayMs(): number;
  /** Undefined when it is lost. */
  answerDelayMs(): number | undefined;
  disconnectDelayMs(): number | undefined;
  startsCold(): boolean;
  functionDelayMs(): number;
  crashes(call: OutsideCall, when: "before" | "after"): boolean;
  streamDelayMs(): number;
  streamReplays(): boolean;
};

export function createWeather(): Weather {
  let settings = readWeather({});
  let draw = seededDraw(settings.seed);
  let crashed: number[] = [];
  const listeners: (() => void)[] = [];
  const happens = (often: number | undefined): boolean => often !== undefined && often > 0 && draw() < often;
  const delayMs = (late: Late | undefined): number => (late && happens(late.p) ? late.ms * draw() : 0);
  /** The first that happens, in the order given. */
  const oneOf = <Name extends string>(chances: readonly (readonly [Name, number | undefined])[]) =>
    chances.find(([, often]) => happens(often))?.[0];

  return {
    settings: () => settings,
    set: (given) => {
      settings = readWeather(given);
      draw = seededDraw(settings.seed);
      crashed = [];
      for (const listener of listeners) listener();
      return settings;
    },
    follow: (listener) => void listeners.push(listener),
    sparesTables: () => settings.database === undefined && settings.functions?.crash === undefined,
    database: ({ writes }) => {
      const { database } = settings;
      if (database === undefined) return WELL;
      const is = oneOf([
        ["throttled", database.throttle],
        ["failed", database.fail],
        ["conflict", writes ? database.conflict : undefined],
        ["failed-after-applying", database.failAfterApplying],
        ["hung-up", database.hangUp],
      ]);
      return is === undefined ? WELL : { is };
    },
    databaseDelayMs: () => delayMs(settings.database?.slow),
    callback: () => {
      const { callbacks } = settings;
      if (callbacks === undefined) return WELL;
      const is = oneOf([
        ["gone", callbacks.gone],
        ["too-many", callbacks.tooMany],
        ["lost", callbacks.lost],
      ]);
      return is === undefined ? WELL : { is };
    },
    callbackDelayMs: () => delayMs(settings.callbacks?.late),
    answerDelayMs: () => (happens(settings.answers?.lost) ? undefined : delayMs(settings.answers?.late)),
    disconnectDelayMs: () =>
      happens(settings.disconnect?.lost) ? undefined : delayMs(settings.disconnect?.late),
    startsCold: () => happens(settings.functions?.cold),
    functionDelayMs: () => delayMs(settings.functions?.slow),
    crashes: ({ functionName, action, call }, when) => {
      const rules = settings.functions?.crash ?? [];
      const at = rules.findIndex(
        (rule, index) =>
          rule.when === when &&
          functionName.includes(rule.function) &&
          (rule.call ?? call) === call &&
          (rule.action ?? action) === action &&
          (crashed[index] ?? 0) < (rule.times ?? Number.POSITIVE_INFINITY) &&
          happens(rule.p),
      );
      if (at < 0) return false;
      crashed[at] = (crashed[at] ?? 0) + 1;
      return true;
    },
    streamDelayMs: () => delayMs(settings.stream?.late),
    streamReplays: () => happens(settings.stream?.replay),
  };
}

const WELL = { is: "well" } as const;
