import { describe, expect, it } from "vitest";
import { shrink } from "./shrink";

describe("a text that goes wrong", () => {
  it("is cut down to what is wrong with it", async () => {
    const wrong = (text: string) => Promise.resolve(text.includes("[") && text.includes("9"));
    expect(await shrink('{"action":"sync","ref":"f17","after":[1,2,3,9]}', wrong)).toBe("[9");
  });

  it("stays as it is where every piece of it is needed", async () => {
    expect(await shrink("abc", (text) => Promise.resolve(text === "abc"))).toBe("abc");
  });
});
