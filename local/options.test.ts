import { describe, expect, it } from "vitest";
import { readOptions } from "./options";

describe("the options of a run", () => {
  it("have the ports that the readme names", () => {
    expect(readOptions({})).toMatchObject({ appPort: 3000, cloudPort: 3001, dataDir: ".local" });
  });

  it("take a port from the environment", () => {
    expect(readOptions({ PARLEY_APP_PORT: "4000" }).appPort).toBe(4000);
  });

  for (const text of ["", "0", "65536", "3000x", "-1", "3e3"])
    it(`refuse "${text}" for a port with a sentence`, () => {
      expect(() => readOptions({ PARLEY_CLOUD_PORT: text })).toThrow(
        `unable to read PARLEY_CLOUD_PORT; "${text}" is no port: give a number from 1 to 65535`,
      );
    });

  it("start the clock where it was turned to", () => {
    expect(readOptions({}).clockAheadMs).toBe(0);
    expect(readOptions({ PARLEY_CLOCK_AHEAD_MS: "7200000" }).clockAheadMs).toBe(7_200_000);
    expect(() => readOptions({ PARLEY_CLOCK_AHEAD_MS: "2h" })).toThrow(/"2h" is no number of milliseconds/);
  });
});
