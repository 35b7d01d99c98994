// The repository as a build machine gets it: cloned, with nothing that is not committed. Made once, for all files.
//
// Its packages are links to the files of this tree's, so they cost two seconds and no disk. A link to the whole
// directory would do for Node, but Next refuses packages from outside the project.

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
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

export default function setup(project: TestProject): () => void {
  const remove = () => rmSync(FOLDER, { recursive: true, force: true });
  remove();
  mkdirSync(join(FOLDER, ".."), { recursive: true });
  execFileSync("git", ["clone", "--quiet", "--local", REPOSITORY, FOLDER]);
  execFileSync("cp", ["-al", join(REPOSITORY, "node_modules"), join(FOLDER, "node_modules")]);
  project.provide("clone", FOLDER);
  return remove;
}
