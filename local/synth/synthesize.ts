// amplify/backend.ts as a CloudFormation assembly on disk, made as `npx ampx sandbox` makes it.
//
//   .local/assembly/<key>/     an assembly; the key names what it was made from
//   .local/assembly/<key>.new  one in the making; renamed when it is whole
//
// The last few stay: functions that still run from an earlier one find their bundles.

import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { startChild } from "../processes";
import { type Assembly, openAssembly } from "../template/assembly";
import { backendFailure } from "./backend-failure";
import { sourcesKey } from "./sources-key";

export type SynthesisOptions = {
  /** Where assemblies are kept. */
  readonly outDir: string;
  /** Amplify's names for a backend; they are part of every physical name, so data is filed under them. */
  readonly namespace?: string;
  readonly name?: string;
  /** Whose backend it is: a developer's sandbox, when absent, or a branch's. */
  readonly type?: "sandbox" | "branch";
  /** The project; this one when absent. */
  readonly root?: string;
};

export type Synthesis = { readonly assembly: Assembly; readonly was: "made" | "unchanged" };

const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const KEPT = 4;

/** What the CDK's toolkit tells every backend (@aws-cdk/toolkit-lib, contextFromSettings); templates show it. */
const TOOLKIT_CONTEXT = {
  "aws:cdk:enable-path-metadata": true,
  "aws:cdk:enable-asset-metadata": true,
  "aws:cdk:version-reporting": true,
  "aws:cdk:bundling-stacks": ["**"],
};

export async function synthesize(options: SynthesisOptions): Promise<Synthesis> {
  const root = resolve(options.root ?? PROJECT);
  const outDir = resolve(options.outDir);
  const context = {
    ...TOOLKIT_CONTEXT,
    "amplify-backend-namespace": options.namespace ?? "parley",
    "amplify-backend-name": options.name ?? "local",
    "amplify-backend-type": options.type ?? "sandbox",
  };
  const key = sourcesKey(root, context);
  const directory = join(outDir, key);
  const was = existsSync(directory) ? "unchanged" : "made";
  // Sources that change while they are read would file an assembly under a wrong key: then once more.
  if (was === "made" && !(await make({ root, directory, context, key }))) return synthesize(options);
  const now = new Date();
  utimesSync(directory, now, now);
  prune(outDir);
  return { assembly: openAssembly(directory), was };
}

type Job = { root: string; directory: string; context: object; key: string };

async function make({ root, directory, context, key }: Job): Promise<boolean> {
  const backend = join(root, "amplify/backend.ts");
  if (!existsSync(backend))
    throw new Error(`unable to synthesize the backend; there is no ${backend}: run this inside the project`);
  // Without it the CDK would look for Docker to bundle the functions.
  if (!isInstalled("esbuild", root))
    throw new Error("unable to synthesize the backend; esbuild is not installed: run `npm install`");
  const unfinished = `${directory}.${randomUUID().slice(0, 8)}.new`;
  const report = `${unfinished}.json`;
  mkdirSync(unfinished, { recursive: true });
  const lines: string[] = [];
  try {
    const runner = join(dirname(fileURLToPath(import.meta.url)), "run-backend.ts");
    const run = startChild({
      command: [process.execPath, "--import", "tsx", runner, backend, report],
      cwd: root,
      env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_OUTDIR: unfinished },
      onLine: (line) => lines.push(line),
    });
    const { code } = await run.ended;
    if (code !== 0 || !existsSync(join(unfinished, "manifest.json")))
      throw backendFailure({ root, report, lines });
    if (sourcesKey(root, context) !== key) return false;
    // Another start may have made the same meanwhile.
    if (!existsSync(directory)) renameSync(unfinished, directory);
    return true;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    rmSync(report, { force: true });
  }
}

/** Also what a killed synthesis left behind, once it is old. */
function prune(outDir: string): void {
  const assemblies = readdirSync(outDir)
    .map((name) => join(outDir, name))
    .map((path) => ({ path, usedAt: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.usedAt - one.usedAt);
  for (const { path } of assemblies.slice(KEPT)) rmSync(path, { recursive: true, force: true });
}

function isInstalled(packageName: string, root: string): boolean {
  try {
    createRequire(join(root, "package.json")).resolve(`${packageName}/package.json`);
    return true;
  } catch {
    return false;
  }
}
