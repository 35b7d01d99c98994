import { describe, expect } from "vitest";
import { fact } from "./fact";
import { newKey } from "./stage";

const HOUR_MS = 3_600_000;
const notDeployed = "AWS's clock is not ours to turn";

describe("the clock that tests turn", () => {
  fact(
    1,
    "functions read the time that the gateway goes by",
    async (stage) => {
      const before = await (await stage.enter()).ask({ action: "whoami" });
      await stage.pass(5 * HOUR_MS);
      const after = await (await stage.enter()).ask({ action: "whoami" });
      const passed = Number(after["now"]) - Number(before["now"]);
      expect(passed).toBeGreaterThanOrEqual(5 * HOUR_MS);
      expect(passed).toBeLessThan(5 * HOUR_MS + 60_000);
      expect(Math.abs(Date.parse(String(after["written"])) - Number(after["now"]))).toBeLessThan(1_000);
      expect(Math.abs(Number(after["connectedAt"]) - Number(after["now"]))).toBeLessThan(60_000);
    },
    { notDeployed },
  );

  fact(
    1,
    "a function that runs meanwhile runs on: the time that is turned is not its own",
    async (stage) => {
      const note = newKey();
      (await stage.enter()).say({ action: "wait", note });
      await stage.noted(`${note}.began`);
      await stage.pass(5 * HOUR_MS);
      await stage.leaveNote(`${note}.go`);
      await stage.noted(`${note}.done`);
    },
    { notDeployed },
  );
});
