import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkHandle, handlesFor } from "./handle";
import { isHandle } from "./ids";

const first = (name: string) => [...handlesFor(name, () => 0.42)][0];

describe("a chosen handle", () => {
  it("is lower case and may be typed with its @", () => {
    expect(checkHandle(" @Ada ")).toBe("ada");
  });

  it.each(["", "ab", "1ada", "ada-", "a b", "ада", "__proto__", "x".repeat(31), "a/da", "@@ada"])(
    "cannot be %j",
    (raw) => expect(checkHandle(raw)).toBeUndefined(),
  );
});

describe("a handle made from a name", () => {
  it("is the name where it can be", () => {
    expect(first("Ada")).toBe("ada");
    expect(first("Ada Lovelace")).toBe("ada-lovelace");
    expect(first("Émile Zöla-Straße")).toBe("emile-zola-strasse");
    expect(first("  3 Søren Łęcki ")).toBe("soren-lecki");
  });

  it("gets a number when the name is too short or has no letters for it", () => {
    expect(first("Bo")).toBe("bo42");
    expect(first("李小龍")).toBe("person42");
    expect(first("محمد")).toBe("person42");
    expect(first("42")).toBe("person42");
  });

  it("offers others when it is taken", () => {
    const offered = [...handlesFor("Ada", () => 0.42)];

    expect(offered.slice(0, 3)).toEqual(["ada", "ada42", "ada4200"]);
  });

  it("is a handle, and there is at least one, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const offered = [...handlesFor(name, () => 0.5)];
        expect(offered.length).toBeGreaterThan(3);
        expect(offered.every(isHandle)).toBe(true);
      }),
    );
  });
});
