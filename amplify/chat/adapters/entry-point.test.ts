import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { entryPoint } from "./entry-point";

let lines: string[];

beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => void vi.restoreAllMocks());

const event = {
  requestContext: { requestId: "r1", connectionId: "c1", authorizer: { user: "u1" } },
  body: "meet me at nine",
};
const printed = (): readonly unknown[] => lines.map((line) => JSON.parse(line));

describe("an entry point", () => {
  it("answers, and writes one line with the ids of the event", async () => {
    const handler = entryPoint("frames", async () => ({ answer: "answer", fields: { type: "ok" } }));

    expect(await handler(event)).toBe("answer");

    expect(printed()).toEqual([
      {
        function: "frames",
        requestId: "r1",
        connectionId: "c1",
        user: "u1",
        level: "info",
        type: "ok",
        ms: expect.any(Number),
        cold: true,
      },
    ]);
  });

  it("hands on what was thrown, and writes one line without what it says", async () => {
    const broken = new TypeError("unable to read meet me at nine");
    const handler = entryPoint("frames", () => Promise.reject(broken));

    await expect(handler(event)).rejects.toBe(broken);

    expect(printed()).toMatchObject([{ level: "error", error: "TypeError", requestId: "r1", cold: false }]);
    expect(lines.join("")).not.toContain("nine");
  });

  it("is not troubled by an event of any shape", async () => {
    const handler = entryPoint("frames", async () => ({ answer: "answer" }));

    for (const strange of [undefined, null, "text", [], { requestContext: { requestId: 7 } }])
      expect(await handler(strange)).toBe("answer");

    expect(lines).toHaveLength(5);
  });
});
