import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameSizes } from "./frame-sizes";

/** A masked client frame with a payload of so many bytes. */
function frame(size: number): Buffer {
  const head = size < 126 ? [size] : size < 65_536 ? [126, size >> 8, size & 0xff] : undefined;
  const length = head ?? [
    127,
    0,
    0,
    0,
    0,
    (size >>> 24) & 0xff,
    (size >> 16) & 0xff,
    (size >> 8) & 0xff,
    size & 0xff,
  ];
  const [short = 0, ...rest] = length;
  return Buffer.concat([Buffer.from([0x81, 0x80 | short, ...rest, 1, 2, 3, 4]), Buffer.alloc(size, 0x85)]);
}

describe("the sizes of frames", () => {
  it("are read from the headers, whatever stands in the payloads", () => {
    const sizes = new FrameSizes();
    expect(sizes.read(Buffer.concat([frame(3), frame(126), frame(0)]))).toBe(126);
    expect(sizes.read(frame(32_769))).toBe(32_769);
    expect(sizes.read(frame(70_000))).toBe(70_000);
    expect(sizes.read(frame(5))).toBe(5);
  });

  it("are known when the header is, before the payload has come", () => {
    const sizes = new FrameSizes();
    expect(sizes.read(frame(40_000).subarray(0, 8))).toBe(40_000);
  });

  it("are the same however the network cuts the stream", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(300), fc.nat(70_000)), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 20 }),
        (payloads, cuts) => {
          const stream = Buffer.concat(payloads.map(frame));
          const sizes = new FrameSizes();
          let largest = 0;
          for (let at = 0, turn = 0; at < stream.length; turn++) {
            const end = at + (cuts[turn % cuts.length] ?? 1);
            largest = Math.max(largest, sizes.read(stream.subarray(at, end)));
            at = end;
          }
          expect(largest).toBe(Math.max(...payloads));
        },
      ),
      { numRuns: 60 },
    );
  });
});
