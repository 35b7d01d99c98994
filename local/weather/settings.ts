// What weather there can be, as tests and the control surface set it. All of it is off by default.
//
//   { "seed": 7, "database": { "throttle": 0.01, "failAfterApplying": 0.005 }, "callbacks": { "gone": 0.02 } }
//
// A number is how often, from 0 to 1. What is late or slow has the two: with { "p": 0.1, "ms": 400 } one in ten waits,
// each for a time of its own between 0 and 400 ms, all equally likely.

import * as v from "valibot";

const often = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const milliseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(24 * 3_600_000));
/** `ms` is the longest wait: each is drawn evenly from nothing up to it. */
const late = v.strictObject({ p: often, ms: milliseconds });

const crash = v.strictObject({
  /** Part of the function's name: "Frames". */
  function: v.string(),
  /** The how-manieth call to the outside since the event came, from 1; without it any. */
  call: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** "dynamodb:PutItem", "execute-api:POST"; without it any. */
  action: v.optional(v.string()),
  /** Before the call leaves, or after it was done there and before the answer comes back. */
  when: v.picklist(["before", "after"]),
  /** How many times at most; without it always. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  p: v.optional(often, 1),
});

export const weatherSettings = v.strictObject({
  seed: v.optional(v.pipe(v.number(), v.integer()), 1),
  database: v.optional(
    v.strictObject({
      throttle: v.optional(often),
      /** Refused with an error, nothing done. */
      fail: v.optional(often),
      /** Done, and answered with an error all the same. */
      failAfterApplying: v.optional(often),
      /** Done, and the line breaks before the answer. */
      hangUp: v.optional(often),
      /** Another transaction was faster; of writes alone. */
      conflict: v.optional(often),
      slow: v.optional(late),
    }),
  ),
  callbacks: v.optional(
    v.strictObject({
      gone: v.optional(often),
      tooMany: v.optional(often),
      /** Answered 200, and never sent: a half-open socket. */
      lost: v.optional(often),
      late: v.optional(late),
    }),
  ),
  /** What a function answers on a route with a response. */
  answers: v.optional(v.strictObject({ lost: v.optional(often), late: v.optional(late) })),
  disconnect: v.optional(v.strictObject({ lost: v.optional(often), late: v.optional(late) })),
  functions: v.optional(
    v.strictObject({
      /** The next event meets no idle environment. */
      cold: v.optional(often),
      slow: v.optional(late),
      crash: v.optional(v.array(crash)),
    }),
  ),
  stream: v.optional(v.strictObject({ late: v.optional(late), replay: v.optional(often) })),
});

export type WeatherSettings = v.InferOutput<typeof weatherSettings>;
export type Late = v.InferOutput<typeof late>;

/** A sentence with every place that is wrong. */
export function readWeather(given: unknown): WeatherSettings {
  const read = v.safeParse(weatherSettings, given);
  if (read.success) return read.output;
  const reasons = read.issues.map((issue) => `${v.getDotPath(issue) ?? "it"}: ${issue.message}`);
  throw new Error(`unable to set the weather; ${reasons.join("; ")}`);
}
