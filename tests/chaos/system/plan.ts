// What is done in a run, and in which order: it follows from the seed and the numbers alone. When each thing comes
// about on a real machine does not, so the same seed is the same plan and never quite the same run.

import { below } from "../../../core/testing/seeded-random";
import type { Random } from "../../../core/domain/ports/clock";
import { between, chancesOf } from "../simulation/chances";
import type { OperationName } from "../simulation/speaking";
import { CLOUD_FAULTS } from "./faults/cloud-faults";
import { DEVICE_FAULTS } from "./faults/device-faults";
import type { Fault } from "./faults/fault";
import { LINE_FAULTS } from "./faults/line-faults";

export type Deed =
  | { readonly is: "operation"; readonly what: OperationName }
  | { readonly is: "hide" }
  | { readonly is: "fault"; readonly fault: Fault }
  | { readonly is: "quiet" };

export type Act = { readonly index: number; readonly afterMs: number; readonly deed: Deed };

/** How often each, beside a hundred messages. */
const OPERATIONS: readonly (readonly [number, Deed])[] = [
  [100, { is: "operation", what: "send" }],
  [9, { is: "operation", what: "edit" }],
  [5, { is: "operation", what: "remove" }],
  [12, { is: "operation", what: "react" }],
  [30, { is: "operation", what: "shown" }],
  [8, { is: "operation", what: "typing" }],
  [5, { is: "operation", what: "look" }],
  [3, { is: "operation", what: "older" }],
  [8, { is: "operation", what: "again" }],
  [4, { is: "hide" }],
];
const FAULTS = [...LINE_FAULTS, ...DEVICE_FAULTS, ...CLOUD_FAULTS].map((fault): readonly [number, Fault] => [
  fault.weight,
  fault,
]);

export type Numbers = {
  readonly seed: number;
  readonly messages: number;
  readonly faults: number;
  readonly quietEvery: number;
};

/** Some wait for a frame that does not come before all is calm, or find nothing to disturb. */
const PLANNED_FOR_ONE = 1.2;

/** Faults are spread evenly over the messages; every so many of them there is a quiet point. */
export function planOf({ seed, messages, faults: wanted, quietEvery }: Numbers): readonly Act[] {
  const faults = Math.ceil(wanted * PLANNED_FOR_ONE);
  const random = chancesOf(seed, "plan");
  const acts: Act[] = [];
  const add = (deed: Deed, afterMs: number) => void acts.push({ index: acts.length, afterMs, deed });
  let struck = 0;
  for (let sent = 0; sent < messages;) {
    const deed = drawn(random, OPERATIONS);
    if (deed.is === "operation" && deed.what === "send") sent += 1;
    add(deed, pauseMs(random));
    for (; struck < Math.floor((sent * faults) / messages); struck += 1) {
      add({ is: "fault", fault: drawn(random, FAULTS) }, 0);
      if ((struck + 1) % quietEvery === 0 && struck + 1 < faults) add({ is: "quiet" }, 0);
    }
  }
  return acts;
}

export function drawn<T>(random: Random, among: readonly (readonly [number, T])[]): T {
  let left = random() * among.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, one] of among) if ((left -= weight) < 0) return one;
  throw new RangeError("unable to draw; there is nothing to draw from");
}

/** Bursts, talk and short silences: about fifteen messages a second by nine devices together. */
function pauseMs(random: Random): number {
  const chance = random();
  if (chance < 0.6) return below(random, 20);
  return chance < 0.95 ? between(random, 10, 70) : between(random, 50, 400);
}
