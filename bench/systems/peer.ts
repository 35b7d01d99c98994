// A system that the bench brings itself, in a process of its own, so that each pays for its own work.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "../../local/processes";
import { runningProcesses } from "../../local/running";

export const BENCH = fileURLToPath(new URL("../", import.meta.url));

const READY_WITHIN_MS = 60_000;

export type Peer = { readonly port: number; readonly pid: number; readonly child: Child };

export type PeerOptions = {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** In bench/; that one when absent. */
  readonly directory?: string;
  /** What it says once it listens, and on which port. */
  readonly ready?: RegExp;
};

const READY = /^ready (\d+)/;

export async function startPeer(options: PeerOptions): Promise<Peer> {
  const { name, command, env = {}, directory = "", ready: readyLine = READY } = options;
  const said: string[] = [];
  let isReady: (port: number) => void = () => undefined;
  const ready = new Promise<number>((resolve) => (isReady = resolve));
  const child = startChild({
    command,
    cwd: join(BENCH, directory),
    env: { ...process.env, ...env },
    onLine: (line) => {
      said.push(line);
      const port = readyLine.exec(line)?.[1];
      if (port !== undefined) isReady(Number(port));
    },
  });
  const timer = setTimeout(() => void child.stop(), READY_WITHIN_MS);
  const first = await Promise.race([ready, child.ended]);
  clearTimeout(timer);
  if (typeof first !== "number")
    throw new Error(
      `unable to start ${name}; it ended or was not ready within ${READY_WITHIN_MS / 1_000} s`,
      {
        cause: new Error(said.slice(-15).join("\n")),
      },
    );
  return { port: first, pid: pidOf(name, command), child };
}

/** By its whole command line, which holds a script of ours: the shell around it begins with another. */
export function pidOf(name: string, command: readonly string[]): number {
  const line = command.join("\0");
  const found = runningProcesses().find((running) => running.command.join("\0") === line);
  if (!found) throw new Error(`unable to measure ${name}; its process is not to be found`);
  return found.pid;
}
