// What Amplify Hosting would take from a build of the app: the folder itself, and the packages that its server
// needs, which are read from the lists that Next leaves beside each page (*.nft.json).

import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { listAt } from "../template/json";

export type BuildOutput = {
  /** Relative to the build. Hosting's bundler fails on them with EEXIST, or leaves them out. */
  readonly symlinks: readonly string[];
  /** Compiled for this machine, in what the server needs. */
  readonly native: readonly string[];
  /** Named by a list, and not there. */
  readonly missing: readonly string[];
  readonly bytes: number;
  /** Hosting reads it first, and gives up without it. */
  readonly hasServerFiles: boolean;
};

/** "The size of the build output (…) exceeds the max allowed size of 230686720 bytes": 220 MB. */
export const LARGEST_BUILD_BYTES = 230_686_720;

/** Kept between builds or made by the development server; neither is deployed. */
const LEFT_OUT = new Set(["cache", "dev", "standalone"]);
const NATIVE = /\.(node|so|dylib|dll)(\.[\d.]+)?$/;

export function readBuildOutput(folder: string): BuildOutput {
  const own = filesIn(folder);
  const traced = new Set(own.filter((file) => file.endsWith(".nft.json")).flatMap(filesNamedIn));
  for (const file of own) traced.delete(file);
  const there = [...traced].filter((file) => existsSync(file));
  const files = [...own, ...there];
  return {
    symlinks: own.filter((file) => lstatSync(file).isSymbolicLink()).map((file) => relative(folder, file)),
    native: files.filter((file) => NATIVE.test(file)).map((file) => relative(dirname(folder), file)),
    missing: [...traced].filter((file) => !existsSync(file)),
    bytes: files.reduce((sum, file) => sum + lstatSync(file).size, 0),
    hasServerFiles: existsSync(join(folder, "required-server-files.json")),
  };
}

function filesIn(folder: string, isRoot = true): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !(isRoot && LEFT_OUT.has(name)))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path, false) : [path];
    });
}

function filesNamedIn(list: string): readonly string[] {
  const parsed: unknown = JSON.parse(readFileSync(list, "utf8"));
  return listAt(parsed, "files").flatMap((file) =>
    typeof file === "string" ? [resolve(dirname(list), file)] : [],
  );
}
