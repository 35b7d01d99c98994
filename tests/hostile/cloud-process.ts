// The cloud in a process of its own, so that its memory can be told from that of those who attack it.
//
//   up    "measure"; "rest", which ends the functions' threads before it measures; "stop"
//   down  ready, with who may come in; measured; wrong, for a line that no healthy cloud writes

import { readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { admit, startHostileCloud, type Guest } from "./cloud";

export type Measure = {
  /** Of the main thread, after a forced collection: gateway, gate, meter, pool and what they remember. */
  readonly heapBytes: number;
  /** Of the whole process, its functions' threads too. */
  readonly residentBytes: number;
  readonly connections: number;
};

export type FromCloud =
  | { readonly is: "ready"; readonly socketUrl: string; readonly guests: readonly Guest[] }
  | { readonly is: "measured"; readonly measure: Measure }
  | { readonly is: "wrong"; readonly line: string };

/** Bugs that functions report or end with, routes that fail, answers that never leave. */
const WRONG = /"level":"error"|Invoke Error|Task timed out|^route |was dropped|^ALARM|may not/;
const LOGS_EVERY_MS = 20_000;

const tell = (message: FromCloud) => void process.send?.(message);
const wrong = (line: string) => tell({ is: "wrong", line: line.slice(0, 1_000) });

process.on("unhandledRejection", (reason) => wrong(`unhandled rejection: ${String(reason)}`));
process.on("uncaughtException", (error) => wrong(`uncaught exception: ${error.stack ?? String(error)}`));

/** What runs while we end its thread, a `$disconnect` or the relay, is lost by our own doing. */
let isEnding = false;

const { cloud, socketUrl, dataDir, end } = await startHostileCloud((line) => {
  if (WRONG.test(line) && !(isEnding && line.includes("Runtime.ExitError"))) wrong(line);
}, true);

/** A million frames write a gigabyte of them, and each line has been looked at by then. */
const logs = setInterval(() => {
  const directory = join(dataDir, "logs");
  for (const file of readdirSync(directory)) truncateSync(join(directory, file));
}, LOGS_EVERY_MS);

function measure(): Measure {
  const collect: unknown = Reflect.get(globalThis, "gc");
  if (typeof collect !== "function") throw new Error("unable to measure; start node with --expose-gc");
  for (let times = 0; times < 3; times += 1) Reflect.apply(collect, undefined, []);
  const { heapUsed, rss } = process.memoryUsage();
  return { heapBytes: heapUsed, residentBytes: rss, connections: cloud.gateway.connections().length };
}

async function rest(): Promise<void> {
  isEnding = true;
  await cloud.functions.killEnvironments();
  await new Promise((resolve) => setImmediate(resolve));
  isEnding = false;
  tell({ is: "measured", measure: measure() });
}

/** Told to, or because whoever asked for it is gone. */
async function stop(): Promise<void> {
  clearInterval(logs);
  isEnding = true;
  await end();
  process.exit();
}

process.on("message", (message) => {
  if (message === "measure") tell({ is: "measured", measure: measure() });
  if (message === "rest") void rest();
  if (message === "stop") void stop();
});
process.on("disconnect", () => void stop());

const guests: Guest[] = [];
for (const name of process.argv.slice(2)) guests.push(await admit(cloud, name));
tell({ is: "ready", socketUrl, guests });
