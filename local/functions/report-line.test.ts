import { describe, expect, it } from "vitest";
import { initStartLine, reportLine } from "./report-line";

const ID = "bf5f58db-ef7d-4cb2-b3c6-266eba1bbedb";
const warm = { requestId: ID, durationMs: 395.99, initMs: undefined, memoryUsedMb: 301, timedOut: false };

describe("the line at the end of an event", () => {
  it("is as Lambda writes it, to the tab at its end", () => {
    expect(reportLine({ memoryMb: 512 }, warm)).toBe(
      `REPORT RequestId: ${ID}\tDuration: 395.99 ms\tBilled Duration: 396 ms\tMemory Size: 512 MB\tMax Memory Used: 301 MB\t`,
    );
  });

  it("bills a cold start with its event, and rounds the sum", () => {
    expect(reportLine({ memoryMb: 512 }, { ...warm, initMs: 265.72 })).toBe(
      `REPORT RequestId: ${ID}\tDuration: 395.99 ms\tBilled Duration: 662 ms\tMemory Size: 512 MB\tMax Memory Used: 301 MB\tInit Duration: 265.72 ms\t`,
    );
  });

  it("says that the event has timed out", () => {
    expect(reportLine({ memoryMb: 512 }, { ...warm, timedOut: true })).toMatch(/\tStatus: timeout\t$/);
  });
});

describe("the line at the start of an environment", () => {
  it("names a runtime in as many bytes as Lambda's", () => {
    const arn = "arn:aws:lambda:eu-south-1:000000000000:function:frames";
    // The example of the developer guide, with a tab between its two parts, and of another runtime.
    const theirs =
      "INIT_START Runtime Version: nodejs:20.v14\tRuntime Version ARN: arn:aws:lambda:eu-south-1::runtime:7b620fc2e66107a1046b140b9d320295811af3ad5d4c6a011fad1fa65127e9e6";
    const ours = initStartLine({ runtime: "nodejs20.x", arn });
    expect(ours).toMatch(
      /^INIT_START Runtime Version: nodejs:20\.v00\tRuntime Version ARN: arn:aws:lambda:eu-south-1::runtime:0{64}$/,
    );
    expect(ours).toHaveLength(theirs.length);
  });
});
