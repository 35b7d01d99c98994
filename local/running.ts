// Other processes of this machine, told by more than their number: numbers are used again.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export type Running = { readonly pid: number; readonly command: readonly string[] };

/** Those that this user may see. */
export function runningProcesses(): readonly Running[] {
  return process.platform === "linux" ? fromProc() : fromPs();
}

/** The same for as long as this process lives, and for no other after it. Undefined where it is gone. */
export function identityOf(pid: number): string | undefined {
  if (process.platform !== "linux") return ps("lstart=", pid)[0]?.trim();
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended. Field 22 of the whole line is when it started, in ticks since boot.
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function fromProc(): Running[] {
  return readdirSync("/proc").flatMap((entry): Running[] => {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
      return command.length === 0 ? [] : [{ pid, command }];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
}

/** Arguments with spaces in them fall apart here. */
function fromPs(): Running[] {
  return ps("pid=,command=").flatMap((line): Running[] => {
    const [pid, ...command] = line.trim().split(/\s+/);
    return pid === undefined || command.length === 0 ? [] : [{ pid: Number(pid), command }];
  });
}

function ps(columns: string, pid?: number): string[] {
  const whom = pid === undefined ? ["-A"] : ["-p", String(pid)];
  const { stdout } = spawnSync("ps", [...whom, "-o", columns], { encoding: "utf8" });
  return (stdout ?? "").split("\n").filter((line) => line.trim() !== "");
}
