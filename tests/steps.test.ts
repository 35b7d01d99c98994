import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { closeRun, failedStep, runInTurn, runStep, runTogether, type Step } from "./steps";

let folder: string;
let printed = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-steps-"));
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
const exitCodeBefore = process.exitCode;
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = exitCodeBefore;
  rmSync(folder, { recursive: true, force: true });
});

const node = (name: string, code: string): Step => ({ name, command: [process.execPath, "-e", code] });

/** A test runner that writes this report and ends well. */
function runner(name: string, report: object): Step {
  const file = join(folder, `${name}.json`);
  const [path, text] = [file, JSON.stringify(report)].map((each) => JSON.stringify(each));
  return { ...node(name, `fs.writeFileSync(${path}, ${text})`), report: { file, of: "vitest" } };
}

describe("a step", () => {
  it("says one line with its time and its tests, and keeps its output to itself", async () => {
    const report = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 2 };
    const { ok, counts } = await runStep(runner("seven", report));

    expect(printed).toMatch(/^ok {4}seven +\d+\.\d s {2}7 passed\n$/);
    expect({ ok, counts }).toEqual({ ok: true, counts: { passed: 7, failed: 0, skipped: 2 } });
  });

  it("shows its output when it fails, and counts as one failure where it has no tests", async () => {
    const { ok, counts } = await runStep(node("broken", "console.log('the reason'); process.exit(3)"));

    expect(printed).toMatch(/^FAIL {2}broken +\d+\.\d s\n {6}the reason\n/);
    expect({ ok, counts }).toEqual({ ok: false, counts: { passed: 0, failed: 1, skipped: 0 } });
  });

  it("fails when its runner left no report, whatever its exit code", async () => {
    const silent: Step = { ...node("silent", ""), report: { file: join(folder, "none.json"), of: "vitest" } };

    expect(await runStep(silent)).toMatchObject({ ok: false, counts: { failed: 1 } });
  });
});

describe("a run", () => {
  it("goes on after a failure, side by side and in turn", async () => {
    const steps = [node("bad", "process.exit(1)"), node("good", "")];

    for (const run of [runTogether, runInTurn]) {
      const outcomes = await run(steps);
      expect(outcomes.map(({ step, ok }) => `${step} ${ok}`).sort()).toEqual(["bad false", "good true"]);
    }
  });

  it("ends with the counts alone on one line, which CI reads", () => {
    const one = { step: "one", ok: true, counts: { passed: 40, failed: 0, skipped: 2 } };
    const other = { step: "other", ok: true, counts: { passed: 2, failed: 0, skipped: 0 } };
    closeRun("test", Date.now(), [one, other]);

    const counted = printed
      .split("\n")
      .filter((line) => /^\d+ passed, \d+ failed(, \d+ skipped)?$/.test(line));
    expect(counted).toEqual(["42 passed, 0 failed, 2 skipped"]);
    expect(process.exitCode).toBe(0);
  });

  it("names the steps that failed, and ends with 1", () => {
    const failed = failedStep("start the whole system", new Error("unable to start; the port is busy"));
    closeRun("test", Date.now(), [failed]);

    expect(printed).toContain("unable to start; the port is busy");
    expect(printed).toMatch(/^failed: start the whole system$/m);
    expect(printed).toMatch(/^0 passed, 1 failed, 0 skipped$/m);
    expect(process.exitCode).toBe(1);
  });
});
