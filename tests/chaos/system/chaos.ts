// Plays a run, lets the checker judge it and writes down what came of it.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { check } from "../checker/check";
import { isGreen } from "../checker/verdict";
import { SystemCloud } from "./cloud";
import type { Options } from "./options";
import { planOf } from "./plan";
import { reportOf, type Report } from "./report";
import { play } from "./run";
import { World } from "./world";
import { writeAll } from "./write";

export type Outcome = { readonly isGreen: boolean; readonly report: Report };

export async function runChaos(options: Options, say: (line: string) => void): Promise<Outcome> {
  const startedAt = performance.now();
  mkdirSync(options.outDir, { recursive: true });
  const cloud = await SystemCloud.start(join(options.outDir, `cloud-${options.seed}`));
  try {
    say(`the cloud is up (process ${cloud.pid}); ${options.messages} messages, ${options.faults} faults`);
    const world = await World.assemble(options.seed, cloud);
    const { healings } = await play(world, planOf(options), say);
    const used = [...cloud.used, await cloud.control.meter()];
    const history = world.recorder.events;
    const verdict = check(history);
    const tookMs = Math.round(performance.now() - startedAt);
    const report = reportOf({ options, history, verdict, healings, used, tookMs });
    writeAll(options, report, history, say);
    return { isGreen: isGreen(verdict), report };
  } finally {
    await cloud.stop();
  }
}
