import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createMeter } from "../../local/meter/create-meter";
import { ACCESS_LINE, accessLogDollars, keptLogs, loggedBytes } from "./logs";

describe("what is logged", () => {
  const day = () => {
    const meter = createMeter();
    meter.frame("up", 300, "$default", "send");
    meter.frame("down", 300, "$default", "send");
    meter.ran({ functionName: "Connect", memoryMb: 512, billedMs: 5, cause: "$connect" });
    meter.ran({ functionName: "Disconnect", memoryMb: 512, billedMs: 5, cause: "$disconnect" });
    meter.ran({ functionName: "Frames", memoryMb: 512, billedMs: 5, cause: "send" });
    meter.logged(1_000, "Frames", "send");
    return meter.snapshot();
  };
  const GB = 1024 ** 3;

  it("is the functions' lines, which lie there for a year", () => {
    expect(loggedBytes(day())).toBe(1_000);
    expect(keptLogs(day()).dollars * GB).toBeCloseTo((150 + 26) * 12 * 0.03, 8);
  });

  it("is the gateway's too where that is switched on: a message from a client, a connection's two ends", () => {
    const lines = 3;
    expect(accessLogDollars(day()) * GB).toBeCloseTo(lines * (151 * 0.5 + (151 * 0.15 + 26) * 0.03), 8);
  });

  it("has the gateway's line in the format that the backend sets", () => {
    const source = readFileSync("amplify/chat/websocket-api.ts", "utf8");
    const names = /const format = \[([^\]]*)\]/.exec(source)?.[1] ?? "";
    expect(Object.keys(JSON.parse(ACCESS_LINE))).toEqual(JSON.parse(`[${names}]`));
  });
});
