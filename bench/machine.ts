import { spawnSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";

export type Machine = ReturnType<typeof machine>;

export function machine() {
  const [first] = cpus();
  const commit = spawnSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).stdout.trim();
  const changed = spawnSync("git", ["status", "--porcelain", "-uno"], { encoding: "utf8" }).stdout.trim();
  return {
    at: new Date().toISOString(),
    cores: cpus().length,
    processor: first?.model ?? "unknown",
    memoryBytes: totalmem(),
    /** Of the minute before: what else was going on. */
    loadBefore: loadavg()[0] ?? 0,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    commit: changed === "" ? commit : `${commit} and changes`,
  };
}

/** More than this many others at work on a core, and the figures are of the machine's day. */
const BUSY = 0.5;

export function machineLine({ cores, processor, node, loadBefore, commit }: Machine): string {
  const what = `${cores} cores (${processor}), Node ${node}, commit ${commit.slice(0, 7)}`;
  return loadBefore < BUSY * cores
    ? what
    : `${what}. BUSY before it began (load ${loadBefore.toFixed(1)}): believe the ratios sooner than the figures`;
}
