// What the bench measures beside us is no dependency of the project: it is installed when the bench is first run.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const BENCH = fileURLToPath(new URL("./", import.meta.url));

export function installPeers(say: (line: string) => void): void {
  if (isInstalled()) return;
  say("Installing what we are measured beside, once, into bench/node_modules");
  const { status, stdout, stderr } = spawnSync("npm", ["ci"], { cwd: BENCH, encoding: "utf8" });
  if (status === 0) return;
  throw new Error(
    "unable to install what we are measured beside; see what npm says below, or use --only ours",
    {
      cause: new Error(`${stdout}\n${stderr}`),
    },
  );
}

/** npm leaves a copy of what it installed, so a changed lock file is seen. */
function isInstalled(): boolean {
  const installed = `${BENCH}node_modules/.package-lock.json`;
  if (!existsSync(installed)) return false;
  const { packages: found } = lockFile(installed);
  const { packages: wanted } = lockFile(`${BENCH}package-lock.json`);
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional || found[path]?.version === version,
  );
}

type LockFile = {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
};

/** npm wrote both. */
const lockFile = (path: string): LockFile => JSON.parse(readFileSync(path, "utf8")) as LockFile;

/** Of the packages that were installed for the bench itself. */
export function peerVersions(): Readonly<Record<string, string>> {
  const { packages } = lockFile(`${BENCH}package-lock.json`);
  const { dependencies } = packages[""] as { readonly dependencies: Readonly<Record<string, string>> };
  return Object.fromEntries(
    Object.keys(dependencies).map((name) => [name, packages[`node_modules/${name}`]?.version ?? "unknown"]),
  );
}
