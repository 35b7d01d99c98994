import { describe, expect, it } from "vitest";
import { satisfies } from "./versions";

describe("a version", () => {
  it.each([
    ["20.19.0", ">=20.19.0", true],
    ["20.18.9", ">=20.19.0", false],
    ["22.0.0", ">=20.19.0", true],
    ["2.276.0", "^2.257.0", true],
    ["3.0.0", "^2.257.0", false],
    ["2.256.9", "^2.257.0", false],
    ["20.19.0", "^18.19.0 || >=20.6.0", true],
    ["20.19.0", "^18.0.0 || ^22.0.0 || >=24", false],
    ["20.19.0", ">= 14.6", true],
    ["20.19.0", ">=12.0.0 <20.0.0", false],
    ["20.19.0", ">=20.6.0 <21", true],
    ["20.19.0", "20 || >=22", true],
    ["20.19.0", "18 || 22", false],
    ["20.19.0", "20.x", true],
    ["20.19.0", "*", true],
    ["20.19.0", "~20.18.0", false],
    ["20.19.0", "^0.20.0", false],
    ["no version", "^1.0.0", false],
  ])("%s in %s: %s", (version, range, expected) => expect(satisfies(version, range)).toBe(expected));
});
