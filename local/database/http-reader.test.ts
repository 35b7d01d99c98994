import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HttpMessage, HttpReader } from "./http-reader";

const request = (body: string) =>
  `POST / HTTP/1.1\r\nHost: here\r\nX-Amz-Target: DynamoDB_20120810.Query\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const inChunks = (pieces: readonly string[]) =>
  `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${pieces.map((piece) => `${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`).join("")}0\r\n\r\n`;

/** As the network may cut it. */
function readIn(stream: Buffer, cuts: readonly number[]): HttpMessage[] {
  const reader = new HttpReader();
  const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((one, other) => one - other)];
  return places.flatMap((from, index) => [
    ...reader.read(Buffer.from(stream.subarray(from, places[index + 1]))),
  ]);
}

const texts = fc.array(fc.string({ unit: "binary", minLength: 1 }), { maxLength: 4 });
const cutting = fc.array(fc.nat(), { maxLength: 12 });

describe("reading HTTP off a stream", () => {
  it("finds every request, wherever the network cuts", () => {
    fc.assert(
      fc.property(texts, cutting, (bodies, cuts) => {
        const found = readIn(Buffer.from(bodies.map(request).join("")), cuts);
        expect(found.map(({ body }) => body)).toEqual(bodies);
        for (const { headers } of found) expect(headers["x-amz-target"]).toBe("DynamoDB_20120810.Query");
      }),
    );
  });

  it("joins the chunks of an answer", () => {
    fc.assert(
      fc.property(texts, cutting, (pieces, cuts) => {
        const [answer, ...more] = readIn(Buffer.from(inChunks(pieces)), cuts);
        expect(answer?.body).toBe(pieces.join(""));
        expect(more).toEqual([]);
      }),
    );
  });

  it.each([
    ["a first line of something else", "\x16\x03\x01 hello\r\n\r\n"],
    ["a length that is none", "POST / HTTP/1.1\r\ncontent-length: many\r\n\r\n"],
    ["a body larger than any", "POST / HTTP/1.1\r\ncontent-length: 99999999999\r\n\r\n"],
    ["a head without an end", "POST / HTTP/1.1\r\n" + "x: y\r\n".repeat(5_000)],
    ["a chunk whose size is none", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"],
  ])("refuses %s", (_, bytes) => {
    expect(() => new HttpReader().read(Buffer.from(bytes))).toThrow(/unable to read HTTP/);
  });
});
