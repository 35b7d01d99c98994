// The repository as a build machine gets it: cloned, with nothing that is not committed. Made once, for all files.
//
// Its packages are links to the files of this tree's, so they cost seconds and no disk. A link to the whole
// directory would do for Node, but Next refuses packages from outside the project.

import { execFile } from "node:child_process";
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
const remove = () => rm(FOLDER, { recursive: true, force: true });

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await remove();
  await mkdir(join(FOLDER, ".."), { recursive: true });
  await run("git", ["clone", "--quiet", "--local", REPOSITORY, FOLDER]);
  await run("cp", ["-al", join(REPOSITORY, "node_modules"), join(FOLDER, "node_modules")]);
  project.provide("clone", FOLDER);
  return remove;
}
