// What the system says of a process of ours.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Linux counts processor time in these, whatever the kernel's own ticks are. */
const TICKS_PER_SECOND = 100;
const KIB = 1_024;

/** Resident bytes; 0 where it is gone. */
export function residentBytes(pid: number): number {
  if (process.platform !== "linux") return Number(ps("rss=", pid)) * KIB;
  return Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * KIB;
}

/** Processor time of all its threads so far; 0 where nothing tells it. */
export function processorMs(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  // The name before it may hold spaces. Fields 14 and 15 of the whole line: in user mode, in the kernel.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 1_000) / TICKS_PER_SECOND;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

const ps = (column: string, pid: number): string =>
  spawnSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
