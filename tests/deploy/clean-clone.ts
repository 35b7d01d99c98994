// The repository as a build machine gets it: cloned, with nothing that is not committed. Made once, for all files.
//
// Its packages are links to the files of this tree's, so they cost seconds and no disk. A link to the whole
// directory would do for Node, but Next refuses packages from outside the project. `.npm` is what a build machine kept
// of its last build: a copy of npm's cache here, from which `npm ci` installs.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The clone's folder. */
    clone: string;
  }
}

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
/** On the same disk as the packages, where no other tool looks. */
const FOLDER = resolve(REPOSITORY, ".local/deploy/clone");

const run = promisify(execFile);
const remove = (folder: string) => rm(folder, { recursive: true, force: true });

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await remove(FOLDER);
  await mkdir(join(FOLDER, ".."), { recursive: true });
  await run("git", ["clone", "--quiet", "--local", REPOSITORY, FOLDER]);
  await run("cp", ["-al", join(REPOSITORY, "node_modules"), join(FOLDER, "node_modules")]);
  await keepCache();
  project.provide("clone", FOLDER);
  return () => remove(FOLDER);
}

/** Archives never change, so links do. The index grows in place. Across disks npm downloads instead. */
async function keepCache(): Promise<void> {
  const { stdout } = await run("npm", ["config", "get", "cache"]);
  const [from, to] = [join(stdout.trim(), "_cacache"), join(FOLDER, ".npm", "_cacache")];
  if (!existsSync(from)) return;
  await mkdir(to, { recursive: true });
  await run("cp", ["-a", join(from, "index-v5"), to]);
  await run("cp", ["-al", join(from, "content-v2"), to]).catch(() => remove(join(FOLDER, ".npm")));
}
