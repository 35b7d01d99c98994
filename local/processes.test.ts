import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { startChild } from "./processes";
import { identityOf } from "./running";

const node = (code: string) => [process.execPath, "-e", code];
/** Says its own number and its child's, and runs on. */
const FAMILY = node(
  `const child = require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1e3)"]);
   console.log(process.pid + " " + child.pid); setInterval(() => {}, 1e3)`,
);
const isGone = (pid: number) => identityOf(pid) === undefined;
const gone = (pids: readonly number[]) =>
  vi.waitFor(() => expect(pids.every(isGone)).toBe(true), { timeout: 60_000, interval: 20 });

async function started(command: readonly string[], graceMs = 1_000) {
  const lines: string[] = [];
  const child = startChild({ command, graceMs, onLine: (line) => lines.push(line) });
  await vi.waitFor(() => expect(lines.length).toBeGreaterThan(0), { timeout: 60_000, interval: 10 });
  return { child, pids: (lines[0] ?? "").split(" ").map(Number) };
}

describe("a child", () => {
  it("hands over its lines and the code that it ends with", async () => {
    const lines: string[] = [];
    const child = startChild({
      command: node(`console.log("out"); console.error("err"); process.exit(7)`),
      onLine: (line) => lines.push(line),
    });
    expect(await child.ended).toEqual({ code: 7, signal: null });
    await vi.waitFor(() => expect(lines.sort()).toEqual(["err", "out"]), 60_000);
  });

  it("may close its files when it is told to stop", async () => {
    const { child } = await started(
      node(`process.on("SIGTERM", () => process.exit(3)); console.log("up"); setInterval(() => {}, 1e3)`),
    );
    await child.stop();
    expect(child.ending()).toEqual({ code: 3, signal: null });
  });

  it("is killed with its own children when it does not stop in time", async () => {
    const { child, pids } = await started(
      node(`process.on("SIGTERM", () => {});
        const child = require("child_process").spawn(process.execPath, ["-e",
          "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e3)"]);
        console.log(process.pid + " " + child.pid); setInterval(() => {}, 1e3)`),
      200,
    );
    await child.stop();
    await gone(pids);
  });

  it("leaves no grandchild behind when it ends by itself", async () => {
    const { child, pids } = await started(FAMILY);
    const [own] = pids;
    if (own !== undefined) process.kill(own, "SIGKILL");
    await child.ended;
    await gone(pids);
  });

  it("says that a command is not there by the shell's code", async () => {
    expect(await startChild({ command: ["/no/such/program"] }).ended).toEqual({ code: 127, signal: null });
  });
});

describe("a parent", () => {
  const parent = async (ending: string) => {
    const processes = fileURLToPath(new URL("./processes.ts", import.meta.url));
    const script = `
      import { endOnSignals, startChild } from ${JSON.stringify(processes)};
      endOnSignals(async () => { console.log("ending"); });
      startChild({ command: ${JSON.stringify(FAMILY)}, graceMs: 1000, onLine: (line) => console.log(line) });
      ${ending}`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
    await vi.waitFor(() => expect(lines.length).toBeGreaterThan(0), { timeout: 60_000, interval: 20 });
    return { child, lines, pids: (lines[0] ?? "").split(" ").map(Number) };
  };

  it("takes its children along when it is killed -9", async () => {
    const { child, pids } = await parent("");
    child.kill("SIGKILL");
    await gone(pids);
  });

  it("ends in order on a Ctrl-C: its own end first, then its children", async () => {
    const { child, lines, pids } = await parent("");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([130, null]);
    expect(lines.at(-1)).toBe("ending");
    await gone(pids);
  });

  it("takes its children along when it ends by a mistake", async () => {
    const { child, pids } = await parent("setTimeout(() => process.exit(1), 500)");
    expect(await once(child, "exit")).toEqual([1, null]);
    await gone(pids);
  });
});
