// Runs the steps of `npm run check`, `npm test` and `npm run test:long`. Each step is a command of its own; when it ends,
// one line says its time and its tests. The output of a step is shown only when the step fails.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import * as v from "valibot";

export type Step = {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The JSON report of a test runner that this step writes. */
  readonly report?: { readonly file: string; readonly of: "vitest" | "playwright" };
  /** Called when the command has ended, well or not. */
  readonly afterwards?: () => void;
};

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

export type Outcome = { readonly step: string; readonly ok: boolean; readonly counts: Counts };

const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

const sum = (counts: readonly Counts[]): Counts =>
  counts.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    NOTHING,
  );

export const say = (line: string) => process.stdout.write(`${line}\n`);

/** Absolute, because a runner with a root of its own would take a relative path from there. */
const REPORTS = resolve(".local/reports");
export const reportFile = (name: string): string => join(REPORTS, `${name}.json`);

export function vitestStep(
  name: string,
  options: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Step {
  const file = reportFile(name.replaceAll(/\W+/g, "-"));
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return {
    name,
    command: ["npx", "vitest", "run", ...options, ...reporters],
    env,
    report: { file, of: "vitest" },
  };
}

export async function runInTurn(steps: readonly Step[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) outcomes.push(await runStep(step));
  return outcomes;
}

/** Independent steps side by side, as many as the machine has cores. */
export async function runTogether(steps: readonly Step[]): Promise<readonly Outcome[]> {
  const waiting = [...steps];
  const outcomes: Outcome[] = [];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) outcomes.push(await runStep(step));
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), steps.length) }, worker));
  return outcomes;
}

export async function runStep(step: Step): Promise<Outcome> {
  const startedAt = Date.now();
  if (step.report) {
    mkdirSync(REPORTS, { recursive: true });
    rmSync(step.report.file, { force: true });
  }
  const { code, output } = await run(step);
  step.afterwards?.();
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const counts = step.report ? read(step.report) : undefined;
  const ok = code === 0 && (counts?.failed ?? 0) === 0;
  const tests = counts
    ? `  ${counts.passed} passed${counts.failed > 0 ? `, ${counts.failed} failed` : ""}`
    : "";
  say(`${ok ? "ok  " : "FAIL"}  ${step.name.padEnd(34)} ${seconds.padStart(6)} s${tests}`);
  if (!ok) say(output.replace(/^/gm, "      "));
  // A step that is no test runner counts as one check.
  const own = counts ?? (ok ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 });
  return { step: step.name, ok, counts: !ok && own.failed === 0 ? { ...own, failed: 1 } : own };
}

/** A step that could not begin: one failure, with its reason on the screen. */
export function failedStep(step: string, problem: unknown): Outcome {
  const reason = problem instanceof Error ? problem.message : String(problem);
  say(`FAIL  ${step}\n${reason.replace(/^/gm, "      ")}`);
  return { step, ok: false, counts: { ...NOTHING, failed: 1 } };
}

/** Ends a run: names the steps that failed, and leaves the counts alone on the last line, where CI reads them. */
export function closeRun(run: string, startedAt: number, outcomes: readonly Outcome[]): void {
  const { passed, failed, skipped } = sum(outcomes.map(({ counts }) => counts));
  const broken = outcomes.filter(({ ok }) => !ok);
  if (broken.length > 0) say(`failed: ${broken.map(({ step }) => step).join("; ")}`);
  say(`${run} took ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

function run(step: Step): Promise<{ readonly code: number | null; readonly output: string }> {
  const [command, ...parameters] = step.command;
  if (!command) throw new Error(`unable to run "${step.name}"; it has no command`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      env: { ...process.env, FORCE_COLOR: "0", ...step.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

const vitestReport = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.optional(v.number(), 0),
});
const playwrightReport = v.object({
  stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number(), skipped: v.number() }),
});

/** A report that is missing is a runner that did not get as far as its tests: a failure. */
function read(report: NonNullable<Step["report"]>): Counts {
  try {
    const json: unknown = JSON.parse(readFileSync(report.file, "utf8"));
    if (report.of === "vitest") {
      const counts = v.parse(vitestReport, json);
      return {
        passed: counts.numPassedTests,
        failed: counts.numFailedTests,
        skipped: counts.numPendingTests + counts.numTodoTests,
      };
    }
    const { stats } = v.parse(playwrightReport, json);
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
  } catch {
    return { ...NOTHING, failed: 1 };
  }
}
