import { describe, expect, it } from "vitest";
import { TEXT_BYTES } from "../../core/domain/limits";
import { lengthOf } from "./composed-length";

describe("the length of what is being written", () => {
  it("is not mentioned while there is room", () => {
    expect(lengthOf("")).toEqual({ is: "fine" });
    expect(lengthOf("a".repeat(TEXT_BYTES / 2))).toEqual({ is: "fine" });
  });

  it("is counted down in bytes near the limit", () => {
    expect(lengthOf("a".repeat(TEXT_BYTES - 3))).toEqual({ is: "near", left: 3 });
    expect(lengthOf("ß".repeat(TEXT_BYTES / 2))).toEqual({ is: "near", left: 0 });
    expect(lengthOf("🦊".repeat(TEXT_BYTES / 4 - 1))).toEqual({ is: "near", left: 4 });
  });

  it("is over by what the server would count too much", () => {
    expect(lengthOf("a".repeat(TEXT_BYTES + 1))).toEqual({ is: "over", left: -1 });
    expect(lengthOf("\r\n".repeat(TEXT_BYTES))).toEqual({ is: "near", left: 0 });
  });
});
