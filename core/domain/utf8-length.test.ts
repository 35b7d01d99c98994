import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8Length } from "./utf8-length";

describe("the length in UTF-8", () => {
  it("counts one to four bytes a character", () => {
    expect(["", "a", "é", "€", "👋", "a\u0000b"].map(utf8Length)).toEqual([0, 1, 2, 3, 4, 3]);
  });

  it("agrees with the encoder for every text, lone surrogates included", () => {
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        (text) => {
          expect(utf8Length(text)).toBe(encoder.encode(text).length);
        },
      ),
    );
  });
});
