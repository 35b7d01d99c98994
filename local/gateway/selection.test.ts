import { describe, expect, it } from "vitest";
import { readSelection, select } from "./selection";

describe("a route selection expression", () => {
  it("names a field of the body", () => {
    expect(readSelection("$request.body.action")).toEqual(["action"]);
    expect(readSelection("${request.body.message.kind}")).toEqual(["message", "kind"]);
  });

  it("is refused by name when it reads anything else", () => {
    expect(() => readSelection("$request.header.X-Route")).toThrow("$request.header.X-Route");
  });

  it("has the field's value as text, and none for what is no JSON or lacks it", () => {
    expect(select(["action"], '{"action":"send"}')).toBe("send");
    expect(select(["action"], '{"action":7}')).toBe("7");
    expect(select(["a", "b"], '{"a":{"b":"deep"}}')).toBe("deep");
    for (const body of ["", "no json", "null", "[]", '"text"', "{}", '{"action":null}', '{"action":{}}'])
      expect(select(["action"], body)).toBeUndefined();
    expect(select(["toString"], "{}")).toBeUndefined();
  });
});
