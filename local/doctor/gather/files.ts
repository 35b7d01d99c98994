// What lies in the project's folder.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { isRecord, type Json, recordAt, textAt } from "../../template/json";
import { type BuildOutput, readBuildOutput } from "../build-output";
import type { Outputs, Repository, Sources } from "../facts";

const OUTPUTS = "amplify_outputs.json";
const OTHER_LOCKS = ["yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb"];

export const readText = (root: string, file: string): string | undefined =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : undefined;

export function readJson(root: string, file: string): Json | undefined {
  const text = readText(root, file);
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** What a command printed; nothing where it failed or is not there. */
export function said(root: string, command: string, ...parameters: readonly string[]): string | undefined {
  try {
    return execFileSync(command, [...parameters], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}

const linesOf = (text: string | undefined): readonly string[] => (text ? text.split("\n") : []);
/** Git's mode of a symbolic link. */
const SYMLINK = "120000";

export function readRepository(root: string): Repository {
  const staged = said(root, "git", "ls-files", "--stage");
  if (staged === undefined) return { is: "none" };
  const files = linesOf(staged).map((line) => ({ mode: line.slice(0, 6), path: line.split("\t")[1] ?? "" }));
  return {
    is: "git",
    tracked: files.map(({ path }) => path),
    symlinks: files.filter(({ mode }) => mode === SYMLINK).map(({ path }) => path),
    changed: [
      ...linesOf(said(root, "git", "diff", "--name-only", "HEAD")),
      ...linesOf(said(root, "git", "ls-files", "--others", "--exclude-standard")),
    ],
  };
}

export function readSources(root: string): Sources {
  return {
    buildSpec: readText(root, "amplify.yml"),
    hasAmplifyTsconfig: existsSync(join(root, "amplify/tsconfig.json")),
    amplifyInRootTsconfig: filesOfTsconfig(root).filter((file) => file.startsWith("amplify/")),
    otherLocks: OTHER_LOCKS.filter((file) => existsSync(join(root, file))),
    ignoredOutputs: linesOf(readText(root, ".gitignore")).includes(OUTPUTS),
  };
}

/** As the compiler sees it: includes, excludes and defaults worked out. */
function filesOfTsconfig(root: string): readonly string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (file) => ts.sys.readFile(file));
  const { fileNames } = ts.parseJsonConfigFileContent(config ?? {}, ts.sys, root);
  return fileNames.map((file) => relative(root, file));
}

export function readOutputs(root: string): Outputs {
  if (!existsSync(join(root, OUTPUTS))) return { are: "none" };
  const outputs = readJson(root, OUTPUTS);
  if (!outputs) return { are: "unreadable" };
  const address = textAt(recordAt(outputs, "custom"), "userPoolEndpoint");
  if (address !== undefined) return { are: "local", address };
  const auth = recordAt(outputs, "auth");
  return {
    are: "deployed",
    region: textAt(auth, "aws_region") ?? "an unknown region",
    pool: textAt(auth, "user_pool_id") ?? "no user pool",
  };
}

export function readBuild(root: string): BuildOutput | undefined {
  const folder = join(root, ".next");
  return existsSync(join(folder, "BUILD_ID")) ? readBuildOutput(folder) : undefined;
}
