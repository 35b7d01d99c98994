// Children that leave nothing behind. Each runs in a process group of its own under a small shell:
//
//   this process --stdin--> sh (leader of the group)
//                            |-- the command
//                            `-- a watcher that reads stdin
//
// - stop():          TERM to the group, KILL after the grace period, KILL to what is left of the group.
// - this process exits in any orderly way: KILL to every group.
// - this process is killed -9: nobody can act, but stdin closes. The watcher sees that and does what stop() does.
// A Ctrl-C at the terminal does not reach the groups by itself, so the order of ending is ours.

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type ChildOptions = {
  readonly command: readonly string[];
  readonly cwd?: string;
  /** Replaces the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Between TERM and KILL. */
  readonly graceMs?: number;
  readonly onLine?: (line: string) => void;
};

export type Child = {
  readonly command: readonly string[];
  readonly ended: Promise<Ending>;
  /** Undefined while it runs. */
  ending(): Ending | undefined;
  stop(): Promise<void>;
  /** At once, as a power cut would. */
  kill(): void;
};

/** Long enough for a Next server or a database to close its files. */
const GRACE_MS = 3_000;

// A command that ends by itself takes its watcher along; one that is told to end leaves the watcher to clear up.
// Dollar-zero is the grace period: it costs no argument. The shell's own remarks ("Terminated") go nowhere.
const SHELL = `
exec 3<&0 4>&2 2>/dev/null
trap 'told=yes' TERM
"$@" 2>&4 4>&- 3<&- </dev/null & child=$!
(trap '' TERM; read -r _ <&3; kill -TERM 0; sleep "$0"; kill -KILL 0) >/dev/null 4>&- & watcher=$!
wait $child; code=$?
while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
[ -n "$told" ] || kill -KILL $watcher
exit $code
`;

const living = new Set<{ readonly kill: () => void; readonly child: Child }>();
let watchesExit = false;

export function startChild(options: ChildOptions): Child {
  const graceMs = options.graceMs ?? GRACE_MS;
  const shell = spawn("/bin/sh", ["-c", SHELL, String(Math.ceil(graceMs / 1_000)), ...options.command], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  // It only has to be open; writing never happens, and a shell that ends first must not be an error here.
  shell.stdin.on("error", () => undefined);
  if (options.onLine !== undefined) eachLine([shell.stdout, shell.stderr], options.onLine);
  else for (const stream of [shell.stdout, shell.stderr]) stream.resume();

  let ending: Ending | undefined;
  const ended = endOf(shell).then((end) => {
    ending = end;
    signalGroup(shell, "SIGKILL");
    living.delete(entry);
    return end;
  });
  const child: Child = {
    command: options.command,
    ended,
    ending: () => ending,
    stop: async () => {
      if (ending !== undefined) return;
      signalGroup(shell, "SIGTERM");
      const kill = setTimeout(() => signalGroup(shell, "SIGKILL"), graceMs);
      await ended;
      clearTimeout(kill);
    },
    kill: () => {
      if (ending === undefined) signalGroup(shell, "SIGKILL");
    },
  };
  const entry = { child, kill: () => signalGroup(shell, "SIGKILL") };
  if (!watchesExit) process.once("exit", killChildren);
  watchesExit = true;
  living.add(entry);
  return child;
}

/** Ends what is still running, the youngest first. */
export async function endChildren(): Promise<void> {
  for (const { child } of [...living].reverse()) await child.stop();
}

function killChildren(): void {
  for (const { kill } of living) kill();
}

/**
 * Ctrl-C, TERM and a closed terminal end this process in order: `end` first, then all children. A second Ctrl-C
 * does not wait.
 */
export function endOnSignals(end: () => Promise<void>): void {
  let ending = false;
  for (const [signal, number] of [["SIGINT", 2] as const, ["SIGTERM", 15] as const, ["SIGHUP", 1] as const])
    process.on(signal, () => {
      const exit = () => process.exit(128 + number);
      if (ending) exit();
      ending = true;
      void end()
        .catch((error: unknown) => process.stderr.write(`unable to end in order; ${String(error)}\n`))
        .then(endChildren)
        .finally(exit);
    });
}

const endOf = (shell: ChildProcess): Promise<Ending> =>
  new Promise((resolve, reject) => {
    shell.once("error", reject);
    shell.once("exit", (code, signal) => resolve({ code, signal }));
  });

function signalGroup(leader: ChildProcess, signal: NodeJS.Signals): void {
  if (leader.pid === undefined) return;
  try {
    process.kill(-leader.pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}

function eachLine(streams: readonly Readable[], onLine: (line: string) => void): void {
  for (const input of streams) createInterface({ input }).on("line", onLine);
}
