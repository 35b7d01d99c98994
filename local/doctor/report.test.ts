import { describe, expect, it } from "vitest";
import type { Finding } from "./finding";
import { isWell, jsonFor, linesFor } from "./report";

const finding = (is: Finding["is"]): Finding => ({ is, check: `a-${is}`, says: `It is ${is}.`, see: "node" });

describe("the doctor's report", () => {
  it("says where to read on for what is not in order, and counts", () => {
    expect(linesFor([finding("ok"), finding("fail")]).map((line) => line.trim())).toEqual([
      "ok    a-ok              It is ok.",
      "fail  a-fail            It is fail.",
      "docs/deploy.md#node",
      "",
      "1 in order, 0 to know, 1 to mend",
    ]);
  });

  it("is the same for programs", () => {
    expect(JSON.parse(jsonFor([finding("warn")]))).toEqual([
      { check: "a-warn", is: "warn", says: "It is warn.", see: "docs/deploy.md#node" },
    ]);
  });

  it("ends well with things to know, and not with things to mend", () => {
    expect(isWell([finding("ok"), finding("warn")])).toBe(true);
    expect(isWell([finding("ok"), finding("fail")])).toBe(false);
  });
});
