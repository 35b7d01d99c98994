// A local cloud of the bench's own: the process that `npm start` starts, with its own data, port and outputs, and
// nothing switched off. The rate limit of a person in a conversation is raised to what the load needs, not removed: it
// is reckoned at each message as ever.

import { mkdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { type Announcement, readAnnouncement, withdraw } from "../../local/announcement";
import { freePort } from "../../local/ports";
import { cloudCommand, cloudEnvironment } from "../../local/cloud-process";
import { CONTROL_HEADER } from "../../local/control/create-control";
import { startChild } from "../../local/processes";
import { runningProcesses } from "../../local/running";
import { place, type Place } from "../../tests/fixtures/place";

/** A pair that sends 100 messages a second for ten seconds, the window of the limit in core/domain/limits.ts. */
export const RATE_MESSAGES = 2_000;

const DATA = ".local/bench/cloud";
const READY_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 10;

export type BenchCloud = {
  readonly place: Place;
  readonly startedInMs: number;
  readonly cloudPid: number;
  readonly enginePid: number;
  /** As if every function had been idle for long. */
  endEnvironments(): Promise<void>;
  stop(): Promise<void>;
};

/** Nothing of an earlier run is left: neither what was stored nor what was synthesized. */
export const forgetCloud = (): void => rmSync(DATA, { recursive: true, force: true });

export async function startBenchCloud(nodeOptions: readonly string[] = []): Promise<BenchCloud> {
  mkdirSync(DATA, { recursive: true });
  const announcement = join(DATA, "cloud.json");
  const outputs = join(DATA, "amplify_outputs.json");
  withdraw(announcement);
  const [appPort, cloudPort] = [await freePort(), await freePort()];
  const said: string[] = [];
  const startedAt = performance.now();
  const child = startChild({
    command: cloudCommand(nodeOptions),
    env: {
      ...cloudEnvironment(process.env),
      PARLEY_APP_PORT: String(appPort),
      PARLEY_CLOUD_PORT: String(cloudPort),
      PARLEY_DATA: DATA,
      PARLEY_OUTPUTS_FILE: outputs,
      PARLEY_RATE_MESSAGES: String(RATE_MESSAGES),
    },
    graceMs: 15_000,
    onLine: (line) => said.push(line),
  });
  const announcedAs = await announced(announcement, () => child.ending() !== undefined);
  const startedInMs = performance.now() - startedAt;
  if (announcedAs === undefined) {
    await child.stop();
    throw new Error("unable to measure the local cloud; it did not start", {
      cause: new Error(said.slice(-15).join("\n")),
    });
  }
  process.env["PARLEY_OUTPUTS_FILE"] = outputs;
  return {
    ...{ place: place(), startedInMs, cloudPid: announcedAs.pid, enginePid: enginePid() },
    endEnvironments: () => endEnvironments(cloudPort, announcedAs.controlToken),
    stop: () => child.stop(),
  };
}

async function endEnvironments(cloudPort: number, token: string): Promise<void> {
  const answer = await fetch(`http://localhost:${cloudPort}/control/kill`, {
    method: "POST",
    headers: { [CONTROL_HEADER]: token },
    body: JSON.stringify({ what: "environments" }),
  });
  if (!answer.ok) throw new Error(`unable to end the environments; the local cloud answers ${answer.status}`);
}

async function announced(file: string, ended: () => boolean): Promise<Announcement | undefined> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!ended() && performance.now() < deadline) {
    const announcement = readAnnouncement(file);
    if (announcement) return announcement;
    await pause(LOOK_EVERY_MS);
  }
  return undefined;
}

/** The one with a database of ours among its arguments. */
function enginePid(): number {
  const engine = runningProcesses().find(
    ({ command: [program = "", ...rest] }) =>
      ["dynoxide", "java"].includes(basename(program)) && rest.some((word) => word.startsWith(resolve(DATA))),
  );
  if (!engine) throw new Error("unable to measure the local cloud; its engine's process is not to be found");
  return engine.pid;
}
