import { describe, expect, it } from "vitest";
import { createProgress, wordsFor } from "./progress";

function watched(isTTY: boolean) {
  let text = "";
  let time = 0;
  const terminal = { isTTY, write: (more: string) => (text += more) };
  return {
    progress: createProgress(terminal, () => time),
    passes: (ms: number) => (time += ms),
    seen: () => text.split("\n").map((line) => line.trimEnd()),
  };
}

describe("progress", () => {
  it("says in a pipe when a step begins and how long it took", async () => {
    const { progress, passes, seen } = watched(false);
    await progress.step(
      "synthesize backend",
      async () => passes(4_812),
      () => "unchanged",
    );
    expect(seen()).toEqual([
      "synthesize backend …",
      "synthesize backend                    4.8 s  unchanged",
      "",
    ]);
  });

  it("writes over the running step's line at a terminal", async () => {
    const { progress, passes, seen } = watched(true);
    await progress.step("tables", async () => passes(100));
    expect(seen()).toEqual(["tables …\r\x1b[2Ktables                                0.1 s", ""]);
  });

  it("does not write over what was said meanwhile", async () => {
    const { progress, seen } = watched(true);
    await progress.step("tables", async () => progress.say("made Log"));
    expect(seen()).toEqual(["tables …", "made Log", "tables                                0.0 s", ""]);
  });

  it("says which step failed, and lets the failure through", async () => {
    const { progress, seen } = watched(false);
    const failing = progress.step("tables", () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(seen()).toContain("tables                                0.0 s  failed");
  });
});

describe("what a person reads of a failure", () => {
  it("is the sentence alone", () => {
    expect(wordsFor(new Error("unable to start; do this"))).toBe("unable to start; do this");
  });

  it("is the sentence with its cause below", () => {
    const error = new Error("unable to start; the backend fails", {
      cause: new Error("x is not defined\n  at y"),
    });
    expect(wordsFor(error)).toBe("unable to start; the backend fails\n\n    x is not defined\n      at y");
  });

  it("is the stack of what nobody foresaw", () => {
    expect(wordsFor(new TypeError("undefined is not a function"))).toContain("progress.test.ts");
  });
});
