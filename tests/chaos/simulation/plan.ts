// What is done in a run, and when. It follows from the seed and the number of messages alone; leaving acts out moves
// none of the others, so that a failing run can be made smaller.

import type { Random } from "../../../core/domain/ports/clock";
import { below } from "../../../core/testing/seeded-random";
import type { FaultKind } from "../history/event";
import { between, chancesOf } from "./chances";
import type { OperationName } from "./speaking";
import { TROUBLES, type TroubleName } from "./trouble";

export type Deed =
  | { readonly is: "operation"; readonly what: OperationName }
  | { readonly is: "trouble"; readonly what: TroubleName }
  | { readonly is: "reload" | "hide" | "attack" | "wind" };

export type Act = { readonly index: number; readonly afterMs: number; readonly deed: Deed };

const operation = (what: OperationName): Deed => ({ is: "operation", what });
const trouble = (what: TroubleName): Deed => ({ is: "trouble", what });

/** How often each, beside a hundred messages. */
const DEEDS: readonly (readonly [number, Deed])[] = [
  [100, operation("send")],
  [9, operation("edit")],
  [5, operation("remove")],
  [12, operation("react")],
  [25, operation("shown")],
  [8, operation("typing")],
  [5, operation("look")],
  [4, operation("older")],
  [8, operation("again")],
  [4, { is: "reload" }],
  [5, { is: "hide" }],
  [10, { is: "attack" }],
  [6, { is: "wind" }],
  [5, trouble("cut")],
  [3, trouble("dark")],
  [2, trouble("deaf")],
  [1.5, trouble("wedge")],
  [2, trouble("unplug")],
  [2, trouble("clock")],
  [2, trouble("cutAtTwoHours")],
  [1, trouble("keys")],
  [2, trouble("freeze")],
  [2, trouble("doze")],
  [1, trouble("crash")],
  [1.5, trouble("open")],
  [1, trouble("full")],
  [0.5, trouble("purge")],
  [2, trouble("blockRace")],
  [0.8, trouble("everyone")],
];
const ALL = DEEDS.reduce((sum, [weight]) => sum + weight, 0);

/** Ends with the last message. */
export function planOf(seed: number, messages: number): readonly Act[] {
  const random = chancesOf(seed, "plan");
  const acts: Act[] = [];
  for (let sent = 0; sent < messages;) {
    const deed = drawn(random);
    if (deed.is === "operation" && deed.what === "send") sent += 1;
    acts.push({ index: acts.length, afterMs: pauseMs(random), deed });
  }
  return acts;
}

/** Of which kind of fault an act is, if it is one. */
export function kindOf(deed: Deed): FaultKind | undefined {
  if (deed.is === "trouble") return TROUBLES[deed.what].kind;
  return deed.is === "attack" ? "N19" : undefined;
}

function drawn(random: Random): Deed {
  let left = random() * ALL;
  for (const [weight, deed] of DEEDS) if ((left -= weight) < 0) return deed;
  return operation("send");
}

/** Bursts, talk and silences. */
function pauseMs(random: Random): number {
  const chance = random();
  if (chance < 0.6) return below(random, 150);
  return chance < 0.95 ? between(random, 100, 1_500) : between(random, 1_000, 6_000);
}
