// The engine as a process: started on a port of its own, asked until it answers, ended with us. An engine that
// outlived a killed cloud still holds the database, and is ended before a new one starts.

import { mkdir } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../ports";
import { type Child, startChild } from "../processes";
import { identityOf, runningProcesses } from "../running";
import type { Engine } from "./engines";
import { post } from "./post";

export type EngineProcess = { readonly endpoint: string; readonly port: number; readonly child: Child };

/** Another program may take the port between finding it and listening on it. */
const ATTEMPTS = 3;
/** A Java takes two seconds on a small machine. */
const READY_WITHIN_MS = 30_000;

/** An engine that is started again takes the port that it had, so that nobody has to learn a new one. */
export async function startEngine(engine: Engine, dataDir: string, hadPort?: number): Promise<EngineProcess> {
  const database = engine.databaseIn(dataDir);
  await endOrphans(database);
  await mkdir(engine.name === "dynamodb-local" ? database : dataDir, { recursive: true });
  let said = "";
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = hadPort ?? (await freePort());
    const lines: string[] = [];
    const child = startChild({
      command: engine.command(port, database),
      // DynamoDB Local leaves files where it stands.
      cwd: dataDir,
      onLine: (line) => lines.push(line),
    });
    const endpoint = `http://127.0.0.1:${port}`;
    if (await isReady(endpoint, child)) return { endpoint, port, child };
    await child.stop();
    said = lines.slice(-5).join("\n");
  }
  throw new Error(
    `unable to start the tables; ${engine.name} ${engine.version} ended at once or did not answer within ${READY_WITHIN_MS / 1_000} s${said === "" ? "" : `: ${said}`}`,
  );
}

async function isReady(endpoint: string, child: Child): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && child.ending() === undefined) {
    const answered = await post(endpoint, {}, "", 1_000).then(
      () => true,
      () => false,
    );
    if (answered) return true;
    await pause(15);
  }
  return false;
}

const ENGINE_PROGRAMS = ["dynoxide", "java"];
const ORPHAN_GRACE_MS = 2_000;

/** Known by the program and by our database among its arguments, which is an absolute path. */
export async function endOrphans(database: string): Promise<number> {
  const orphans = runningProcesses().filter(
    ({ command: [program = "", ...rest] }) =>
      ENGINE_PROGRAMS.includes(basename(program)) && rest.includes(database),
  );
  await Promise.all(orphans.map(({ pid }) => endProcess(pid)));
  return orphans.length;
}

async function endProcess(pid: number): Promise<void> {
  const identity = identityOf(pid);
  const isThere = () => identity !== undefined && identityOf(pid) === identity;
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (!isThere()) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + ORPHAN_GRACE_MS;
    while (isThere() && Date.now() < deadline) await pause(15);
  }
  if (isThere())
    throw new Error(`unable to start the tables; process ${pid} holds the database and does not end: end it`);
}
