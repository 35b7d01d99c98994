// Judges a history by the invariants. Pure: the same history, the same verdict, wherever it was recorded.

import type { History, HistoryEvent } from "../history/event";
import { frameOf } from "./frame";
import type { MakeRule } from "./rule";
import { authentic } from "./rules/authentic";
import { cause } from "./rules/cause";
import { converges } from "./rules/converges";
import { dense } from "./rules/dense";
import { durable } from "./rules/durable";
import { ephemeral } from "./rules/ephemeral";
import { noPoison } from "./rules/no-poison";
import { oneAnswer } from "./rules/one-answer";
import { rows } from "./rules/rows";
import { sameOrder } from "./rules/same-order";
import { secrecy } from "./rules/secrecy";
import { senderOrder } from "./rules/sender-order";
import { unique } from "./rules/unique";
import { watermarks } from "./rules/watermarks";
import { Scene, type Of } from "./scene";
import { Tally } from "./tally";
import { INVARIANT_NAMES, verdictOf, type Invariant, type Verdict } from "./verdict";

const RULES: Readonly<Record<Invariant, MakeRule>> = {
  I1: durable,
  I2: unique,
  I3: dense,
  I4: sameOrder,
  I5: senderOrder,
  I6: cause,
  I7: watermarks,
  I8: secrecy,
  I9: authentic,
  I10: converges,
  I11: noPoison,
  I12: rows,
  I13: ephemeral,
  I14: oneAnswer,
};

export function check(history: History): Verdict {
  const scene = new Scene(history);
  const judged = INVARIANT_NAMES.map((name) => {
    const tally = new Tally();
    return { name, tally, rule: RULES[name](scene, tally) };
  });
  for (const [index, event] of history.entries()) {
    const frame = carries(event) ? frameOf(event.text) : undefined;
    scene.follow(event, frame);
    for (const { tally, rule } of judged) {
      tally.event = index;
      rule.on?.(event, frame);
    }
  }
  for (const { rule } of judged) rule.end?.();
  const findings = new Map(judged.map(({ name, tally }) => [name, tally.finding()]));
  return verdictOf((name) => findings.get(name) ?? { checked: 0, broken: 0, offences: [] });
}

const carries = (event: HistoryEvent): event is Of<"up"> | Of<"heard"> | Of<"hostile"> =>
  event.is === "up" || event.is === "heard" || event.is === "hostile";
