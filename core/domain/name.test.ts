import { describe, expect, it } from "vitest";
import { checkName } from "./name";

describe("a name", () => {
  it("is one trimmed line, composed", () => {
    expect(checkName("  Ada\n  Love\u0301lace\t")).toBe("Ada Lov\u00e9lace");
  });

  it("is counted in characters, not in code units", () => {
    expect(checkName("👋".repeat(60))).toBe("👋".repeat(60));
    expect(checkName("x".repeat(61))).toBeUndefined();
  });

  it("cannot turn the text around it", () => {
    expect(checkName("\u202eecarG\u202c")).toBe("ecarG");
  });

  it.each(["", "   ", "\u200b", "\u202e", "\u3164"])("has something to see in it, unlike %j", (raw) => {
    expect(checkName(raw)).toBeUndefined();
  });

  it.each(["李小龍", "محمد", "O’Brien", "Å"])("may be %s", (name) => {
    expect(checkName(name)).toBe(name);
  });
});
