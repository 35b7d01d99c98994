import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createMeter } from "../../local/meter/create-meter";
import { ACCESS_LINE, loggedBytes, logLines } from "./logs";

describe("what is logged", () => {
  it("is the functions' lines, and the gateway's: a message from a client, a connection's two ends", () => {
    const meter = createMeter();
    meter.frame("up", 300, "$default", "send");
    meter.frame("down", 300, "$default", "send");
    meter.ran({ functionName: "Connect", memoryMb: 512, billedMs: 5, cause: "$connect" });
    meter.ran({ functionName: "Disconnect", memoryMb: 512, billedMs: 5, cause: "$disconnect" });
    meter.ran({ functionName: "Frames", memoryMb: 512, billedMs: 5, cause: "send" });
    meter.logged(1_000, "Frames", "send");
    expect(loggedBytes(meter.snapshot())).toBe(1_000 + 3 * 151);
  });

  it("has the gateway's line in the format that the backend sets", () => {
    const source = readFileSync("amplify/chat/websocket-api.ts", "utf8");
    const names = /const format = \[([^\]]*)\]/.exec(source)?.[1] ?? "";
    expect(Object.keys(JSON.parse(ACCESS_LINE))).toEqual(JSON.parse(`[${names}]`));
  });

  it("is billed by hand: as it comes, and compressed for as long as it lies there", () => {
    const meter = createMeter();
    meter.frame("up", 300, "$default", "send");
    meter.logged(1_000, "Frames", "send");
    const dollars = logLines(meter.snapshot()).map((line) => line.dollars * 1024 ** 3);
    expect(dollars[0]).toBeCloseTo(151 * 0.5, 8);
    // A year of the function's line, a month of the gateway's.
    expect(dollars[1]).toBeCloseTo(((150 + 26) * 12 + (151 * 0.15 + 26)) * 0.03, 8);
  });
});
