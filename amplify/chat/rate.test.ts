import { describe, expect, it } from "vitest";
import { rateMessagesOf } from "./rate";

describe("the rate limit of a deployment", () => {
  it("is the product's own where none is set", () => {
    expect([rateMessagesOf(undefined), rateMessagesOf("")]).toEqual([60, 60]);
  });
  it("may be another", () => expect(rateMessagesOf("1000")).toBe(1_000));
  it.each(["0", "-1", "2001", "many", "1.5"])("is refused as %s", (given) => {
    expect(() => rateMessagesOf(given)).toThrow(/PARLEY_RATE_MESSAGES is .* from 1 to 2000/);
  });
});
