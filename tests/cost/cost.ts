// `npm run cost`: a defined day of two people through the whole local cloud, metered as AWS bills, priced by the
// list, held to a budget. Prints the figures, writes .local/cost/cost.json, fails when one is over its budget.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { budgetedOf, overruns } from "./budget";
import { startCostCloud, type CostCloud } from "./cloud";
import { storeCrowd } from "./crowd";
import { DAY, liveADay } from "./day";
import { figuresOf, type Measured } from "./figures";
import { type Kept, missingFrom } from "./lived";
import { sendPlainMessages } from "./messages";
import { Person } from "./person";
import { readable } from "./readable";
import { reportOf } from "./report";
import { Stage } from "./stage";
import { itemsIn, storedIn } from "./stored";

const FOLDER = ".local/cost";
const SEEDS = { ada: 1, grace: 2, day: 3 };
const CROWD = 10_000;
const SETTLING_MS = 2_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function measure(cloud: CostCloud): Promise<Measured> {
  const stage = new Stage(cloud);
  const ada = await Person.signUp(stage, { name: "Ada", seed: SEEDS.ada });
  const grace = await Person.signUp(stage, { name: "Grace", seed: SEEDS.grace });
  await meet(stage, ada, grace);
  const plain = await sendPlainMessages(stage, [ada, grace]);

  const before = await storedIn(cloud);
  stage.resetMeter();
  for (const person of [ada, grace]) person.forgetSyncs();
  await liveADay(stage, [ada, grace], SEEDS.day);
  const day = readable(cloud.meter.snapshot());
  const missing = missingFrom(day, await keptIn(cloud), DAY);
  if (missing.length > 0) throw new Error(`unable to price the day; ${missing.join("; ")}`);
  const after = await storedIn(cloud);
  const syncs = {
    lookouts: ada.lookouts + grace.lookouts,
    catchUps: ada.catchUps + grace.catchUps,
  };

  await storeCrowd(cloud, CROWD);
  const crowded = await sendPlainMessages(stage, [ada, grace]);
  const stored = {
    bytes: after.bytes - before.bytes,
    recoverableBytes: after.recoverableBytes - before.recoverableBytes,
  };
  const named = ({ count, usage }: Measured["plain"]) => ({ count, usage: readable(usage) });
  return { plain: named(plain), crowded: named(crowded), crowd: CROWD, day, syncs, stored };
}

const keptIn = async (cloud: CostCloud): Promise<Kept> => ({
  entries: await itemsIn(cloud, "Log"),
  rows: await itemsIn(cloud, "Inbox"),
});

async function meet(stage: Stage, ada: Person, grace: Person): Promise<void> {
  ada.arrive();
  grace.arrive();
  await stage.time.run(SETTLING_MS);
  for (const [one, other] of [[ada, grace] as const, [grace, ada] as const]) {
    const opened = one.open(other.handle());
    await stage.time.run(SETTLING_MS);
    await opened;
  }
  ada.leave();
  grace.leave();
  await stage.time.run(SETTLING_MS);
}

async function run(): Promise<boolean> {
  const cloud = await startCostCloud();
  const measured = await measure(cloud).finally(() => cloud.stop());
  const figures = figuresOf(measured);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, "cost.json"), `${JSON.stringify({ figures, measured }, null, 2)}\n`);
  say(reportOf(figures));

  const budget = v.parse(
    v.record(v.string(), v.number()),
    JSON.parse(readFileSync("tests/cost/budget.json", "utf8")),
  );
  const sentences = [
    ...overruns(budget, budgetedOf(figures)),
    ...figures.crowd.differs.map((line) => `a message costs something else in a crowd: ${line}`),
  ];
  say("");
  for (const sentence of sentences) say(`over budget  ${sentence}`);
  if (sentences.length === 0) say("every figure is within its budget (tests/cost/budget.json)");
  return sentences.length === 0;
}

const isWithin = await run();
process.exit(isWithin ? 0 : 1);
