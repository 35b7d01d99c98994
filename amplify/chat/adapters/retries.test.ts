import { describe, expect, it } from "vitest";
import { AwsError, NoAnswer } from "./aws-error";
import { Failed, withRetries, type World } from "./retries";

const RETRIES = { attempts: 4, firstPauseMs: 50, longestPauseMs: 150 };

function worldOf(random: number) {
  const pauses: number[] = [];
  const world: World = { random: () => random, pause: async (delayMs) => void pauses.push(delayMs) };
  return { world, pauses };
}

/** Fails with these, one after the other, then answers. */
const failing = (...errors: readonly Error[]) => {
  const left = [...errors];
  return async () => {
    const error = left.shift();
    if (error) throw error;
    return "answer";
  };
};

describe("retries", () => {
  it("say how many attempts it took", async () => {
    const { world } = worldOf(0);

    expect(await withRetries(RETRIES, world, failing())).toEqual({ value: "answer", attempts: 1 });
    expect(await withRetries(RETRIES, world, failing(new NoAnswer("silence")))).toEqual({
      value: "answer",
      attempts: 2,
    });
  });

  it.each([
    new NoAnswer("silence"),
    new AwsError("InternalServerError", "", 500),
    new AwsError("ThrottlingException", "", 400),
    new AwsError("ProvisionedThroughputExceededException", "", 400),
    new AwsError("TransactionConflictException", "", 400),
    new AwsError("TransactionCanceledException", "", 400, {
      CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }],
    }),
  ])("try again after $name", async (error) => {
    expect(await withRetries(RETRIES, worldOf(0).world, failing(error))).toMatchObject({ attempts: 2 });
  });

  it.each([
    new AwsError("ConditionalCheckFailedException", "", 400),
    new AwsError("AccessDeniedException", "", 400),
    new AwsError("ValidationException", "", 400),
    new AwsError("TransactionCanceledException", "", 400, {
      CancellationReasons: [{ Code: "ConditionalCheckFailed" }, { Code: "TransactionConflict" }],
    }),
    new TypeError("a bug"),
  ])("give up at once after $name", async (error) => {
    const outcome = await withRetries(RETRIES, worldOf(0).world, failing(error)).catch((failed) => failed);

    expect(outcome).toBeInstanceOf(Failed);
    expect(outcome).toMatchObject({ attempts: 1, cause: error });
  });

  it("pause up to twice as long each time, up to a bound, and give up at the last attempt", async () => {
    const { world, pauses } = worldOf(0.5);
    const silent = Array.from({ length: 9 }, () => new NoAnswer("silence"));

    const outcome = await withRetries(RETRIES, world, failing(...silent)).catch((failed) => failed);

    expect(outcome).toMatchObject({ attempts: 4 });
    expect(pauses).toEqual([25, 50, 75]);
  });
});
