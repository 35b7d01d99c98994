import { describe, expect, it } from "vitest";
import { playNaive } from "./naive-play";

describe("a naive chat under the same faults", () => {
  it("loses, doubles and misorders, and the same checker says so", async () => {
    const { verdict, sent, lost, unseen, doubled, misordered } = await playNaive(1, 500);

    expect(sent).toBe(500);
    expect(lost).toBeGreaterThan(0);
    expect(unseen).toBeGreaterThan(0);
    expect(doubled).toBeGreaterThan(0);
    expect(misordered).toBeGreaterThan(0);
    expect(verdict.I10.broken).toBeGreaterThan(0);
    expect(verdict.I2.broken).toBeGreaterThan(0);
    expect(verdict.I4.broken).toBeGreaterThan(0);
  });
});
