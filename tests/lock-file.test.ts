import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { satisfies } from "../local/doctor/versions";
import { recordAt, textAt } from "../local/template/json";

/** The lowest that `engines` in package.json takes. */
const LOWEST_NODE = "20.19.0";

const text = readFileSync("package-lock.json", "utf8");
const lock: unknown = JSON.parse(text);
const packages = Object.entries(recordAt(lock, "packages"));

describe("package-lock.json", () => {
  it("holds only packages that run on the lowest Node that Parley takes", () => {
    const tooNew = packages.filter(
      ([, entry]) => !satisfies(LOWEST_NODE, textAt(recordAt(entry, "engines"), "node") ?? "*"),
    );
    expect(tooNew.map(([path]) => path)).toEqual([]);
    expect(packages.length).toBeGreaterThan(500);
  });

  it("names no registry, so that each person's npm asks the one that it is set to", () => {
    expect(text).not.toMatch(/https?:\/\/[^"\s]*\.tgz/);
    const resolved = packages.map(([, entry]) => textAt(entry, "resolved")).filter((it) => it !== undefined);
    expect(resolved.filter((place) => !place.startsWith("stand-ins/"))).toEqual([]);
  });

  it.each(["darwin-arm64", "darwin-x64", "linux-arm64-gnu", "linux-x64-gnu", "win32-x64-msvc"])(
    "holds the compiler of Next for %s",
    (platform) => expect(packages.map(([path]) => path)).toContain(`node_modules/@next/swc-${platform}`),
  );
});
