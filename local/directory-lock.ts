// One cloud a data directory. The lock names its holder by process id and starting time, so a holder that was
// killed -9 does not hold it any more, whoever has its number now.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identityOf } from "./running";

export type DirectoryLock = { release(): void };

export function lockDirectory(directory: string): DirectoryLock {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "lock");
  const own = `${process.pid} ${identityOf(process.pid) ?? ""}`;
  // Twice: the first try may find a lock whose holder is gone, and clear it away.
  for (let attempt = 0; attempt < 2; attempt++) {
    if (claim(file, own)) return { release: () => rmSync(file, { force: true }) };
    const holder = read(file);
    if (holder !== undefined && isAlive(holder))
      throw new Error(
        `unable to use ${directory}; another local cloud (process ${holder.split(" ")[0] ?? ""}) is running on it: end that one first`,
      );
    rmSync(file, { force: true });
  }
  throw new Error(`unable to use ${directory}; another local cloud is starting on it: end that one first`);
}

function claim(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Released meanwhile.
    return undefined;
  }
}

function isAlive(holder: string): boolean {
  const space = holder.indexOf(" ");
  return identityOf(Number(holder.slice(0, space))) === holder.slice(space + 1);
}
