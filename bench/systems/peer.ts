// A system that the bench brings itself, in a process of its own, so that each pays for its own work. It says
// "ready <port>" once it listens.

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
};

export async function startPeer({ name, command, env = {} }: PeerOptions): Promise<Peer> {
  const said: string[] = [];
  let isReady: (port: number) => void = () => undefined;
  const ready = new Promise<number>((resolve) => (isReady = resolve));
  const child = startChild({
    command,
    cwd: BENCH,
    env: { ...process.env, ...env },
    onLine: (line) => {
      said.push(line);
      const port = /^ready (\d+)/.exec(line)?.[1];
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
  return { port: first, pid: pidOf(command, name), child };
}

/** By its whole command line, which holds a script of ours: the shell around it begins with another. */
function pidOf(command: readonly string[], name: string): number {
  const line = command.join("\0");
  const found = runningProcesses().find((running) => running.command.join("\0") === line);
  if (!found) throw new Error(`unable to measure ${name}; its process is not to be found`);
  return found.pid;
}
