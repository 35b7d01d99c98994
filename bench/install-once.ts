// What the bench measures beside us is no dependency of the project: it is installed when the bench is first run.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BENCH = fileURLToPath(new URL("./", import.meta.url));

/** A folder of bench/ with a lock file of its own. */
export type Folder = "." | "sdk-version";

export function installOnce(folder: Folder, say: (line: string) => void): void {
  const place = join(BENCH, folder);
  if (isInstalled(place)) return;
  const shown = join("bench", folder, "node_modules");
  say(`Installing what we are measured beside, once, into ${shown}`);
  const { status, stdout, stderr } = spawnSync("npm", ["ci"], { cwd: place, encoding: "utf8" });
  if (status === 0) return;
  throw new Error(`unable to fill ${shown}; see what npm says below, and try again`, {
    cause: new Error(`${stdout}\n${stderr}`),
  });
}

/** npm leaves a copy of what it installed, so a changed lock file is seen. */
function isInstalled(place: string): boolean {
  const installed = join(place, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return false;
  const { packages: found } = lockFile(installed);
  const { packages: wanted } = lockFile(join(place, "package-lock.json"));
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
  const { packages } = lockFile(join(BENCH, "package-lock.json"));
  const { dependencies } = packages[""] as { readonly dependencies: Readonly<Record<string, string>> };
  return Object.fromEntries(
    Object.keys(dependencies).map((name) => [name, packages[`node_modules/${name}`]?.version ?? "unknown"]),
  );
}
