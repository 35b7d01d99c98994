// `npm start` and `npm run dev`: the backend's template, the local cloud, the app and the demo, with one command.

import { helpIfAsked } from "./help";
import { join } from "node:path";
import { type Announcement } from "./announcement";
import { buildApp, startApp } from "./app";
import { openDemo } from "./demo/open-demo";
import { admitSeats } from "./demo/seats";
import { onChange } from "./on-change";
import { appAddressOf, type Options, readOptions } from "./options";
import { assertPortFree } from "./ports";
import { preflight } from "./preflight";
import { endOnSignals } from "./processes";
import { createProgress, fail, type Progress, wordsFor } from "./progress";
import { type Supervised, superviseCloud } from "./supervise";
import { synthesize } from "./synth/synthesize";

helpIfAsked(`
npm start            the backend, the app and the demo on this machine; Ctrl-C ends all of it
npm run dev          the same, reloading the app, the functions and the backend as you edit

PARLEY_APP_PORT      the app's port: 3000
PARLEY_CLOUD_PORT    the local cloud's port: 3001
PARLEY_DATA          the folder of everything that is stored: .local
PARLEY_ENGINE        dynamodb-local instead of dynoxide; its licence asks for an AWS account in good standing
`);

const mode = process.argv.includes("--dev") ? "dev" : "start";
const progress = createProgress();

try {
  await run(readOptions(process.env));
} catch (problem) {
  fail(problem);
}

async function run(options: Options): Promise<void> {
  const startedAt = Date.now();
  await progress.step("look at this machine", async () => {
    await preflight({ dataDir: options.dataDir, step: (name, act) => progress.step(name, act) });
    await assertPortFree(options.appPort, "app");
    await assertPortFree(options.cloudPort, "cloud");
  });

  let announcement: Announcement | undefined;
  const cloud = await superviseCloud(options, {
    line: (line) => progress.say(`  ${line}`),
    ready: (news) => (announcement = news),
    gaveUp: fail,
  });
  let isEnding = false;
  endOnSignals(() => {
    isEnding = true;
    return cloud.stop();
  });
  // Beside the build: making the conversation turns the clock back, and nobody is there yet.
  const demo = announcement && openDemo(announcement.demoAddress);
  if (mode === "start")
    await progress.step(
      "build the app",
      () => buildApp(options),
      (outcome) => outcome,
    );
  await demo?.catch((problem: unknown) => progress.say(wordsFor(problem)));
  const app = await progress.step("start the app", () => startApp(options, mode, appLine));
  void app.ended.then(() => isEnding || fail(new Error("unable to go on; the app ended: start again")));
  if (mode === "dev") await followBackend(options, cloud);
  if (announcement) summary(progress, options, announcement, Date.now() - startedAt);
}

/**
 * A change is synthesized beside the running cloud and taken over when it is whole, so that a mistake costs a
 * sentence and not the cloud. Changes take turns.
 */
async function followBackend(options: Options, cloud: Supervised): Promise<void> {
  admitSeats(process.env);
  const outDir = join(options.dataDir, "assembly");
  const synthesizeNow = async () => (await synthesize({ outDir })).assembly.directory;
  let running = await synthesizeNow();
  const takeOver = async () => {
    const fresh = await progress.step("synthesize the changed backend", synthesizeNow);
    if (fresh === running) return;
    running = fresh;
    await cloud.restart();
  };
  let turn: Promise<void> = Promise.resolve();
  onChange(["amplify", "core/domain", "core/protocol"], 200, () => {
    turn = turn.then(takeOver).catch((problem: unknown) => progress.say(wordsFor(problem)));
  });
}

/** In development the app's own words matter; served, only its complaints do. */
function appLine(line: string): void {
  if (mode === "dev" || /error|⨯/i.test(line)) progress.say(`  app: ${line}`);
}

function summary(to: Progress, options: Options, announcement: Announcement, tookMs: number): void {
  to.say("");
  to.say(`Parley is up after ${(tookMs / 1000).toFixed(1)} s. Two people are waiting for you:`);
  to.say("");
  to.say(`  demo   ${announcement.demoAddress}`);
  to.say(
    `         ${announcement.plainDemoAddress}   (where names below localhost lead nowhere, as in Safari)`,
  );
  to.say(`  app    ${appAddressOf(options)}`);
  to.say(`  mail   ${announcement.mailAddress}   (codes of sign-ups; printed here too)`);
  to.say(`  cloud  ${announcement.frontPage}`);
  to.say("");
  for (const line of announcement.terminal) to.say(line);
  to.say("");
  to.say("Ctrl-C ends all of it. What is stored stays.");
}
