import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandsOf, readBuildSpec } from "./build-spec";

describe("reading amplify.yml", () => {
  it("finds keys below keys, and items of lists", () => {
    const spec = readBuildSpec(
      `# a remark\nversion: 1\nfrontend:\n  phases:\n    build:\n      commands:\n        - npm run build\n        - 'two: words'\n  artifacts:\n    baseDirectory: .next\n`,
    );

    expect(Object.fromEntries(spec)).toEqual({
      version: ["1"],
      "frontend.phases.build.commands": ["npm run build", "two: words"],
      "frontend.artifacts.baseDirectory": [".next"],
    });
  });

  it("lists the commands of a half in the order in which they run", () => {
    const spec = readBuildSpec(
      `backend:\n  phases:\n    build:\n      commands:\n        - second\n    preBuild:\n      commands:\n        - first\n`,
    );

    expect(commandsOf(spec, "backend")).toEqual(["first", "second"]);
    expect(commandsOf(spec, "frontend")).toEqual([]);
  });

  it("says which line it cannot read", () => {
    expect(() => readBuildSpec("version: 1\n? what")).toThrow("line 2");
  });

  it("reads ours", () => {
    const spec = readBuildSpec(readFileSync("amplify.yml", "utf8"));

    expect(commandsOf(spec, "frontend")).toEqual(["nvm install", "npm run build"]);
    expect(spec.get("frontend.artifacts.baseDirectory")).toEqual([".next"]);
  });
});
