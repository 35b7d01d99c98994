import { afterEach, describe, expect, it, vi } from "vitest";
import type { Invocation } from "../resources";
import { isRecord, listAt } from "../template/json";
import { turnableClock } from "../turnable-clock";
import { deliver } from "./deliver";
import type { GivenUp } from "./failure-record";
import type { Mapping } from "./mapping";
import type { StreamRecord } from "./stream-record";

const MINUTE_MS = 60_000;
const OK: Invocation = { is: "returned", payload: null };
const ERROR: Invocation = { is: "failed", errorType: "Error", errorMessage: "no" };
const BUSY: Invocation = {
  is: "failed",
  errorType: "TooManyRequestsException",
  errorMessage: "Rate Exceeded.",
};
const failing = (...numbers: string[]): Invocation => ({
  is: "returned",
  payload: { batchItemFailures: numbers.map((itemIdentifier) => ({ itemIdentifier })) },
});

const MAPPING: Mapping = {
  ...{ id: "m", table: "log", streamArn: "stream", functionArn: "relay", view: "NEW_IMAGE" },
  ...{ startAt: "TRIM_HORIZON", batchSize: 10, windowMs: 0, lanes: 1, filters: [], onFailure: undefined },
  ...{ mostRetries: Infinity, mostAgeMs: 24 * 60 * MINUTE_MS, bisects: false, reportsFailures: false },
};

const stopping = new AbortController();
afterEach(() => vi.restoreAllMocks());

/** Answers come one after the other; the last one stays. Time is turned whenever the delivery waits. */
async function play(
  numbers: string,
  answers: readonly Invocation[],
  mapping: Partial<Mapping> = {},
  replays = 0,
) {
  const clock = turnableClock();
  const invoked: string[] = [];
  const settled: string[] = [];
  const givenUp: Pick<GivenUp, "because" | "invocations" | "last">[] = [];
  const startedAt = clock.now();
  const record = (number: string): StreamRecord => ({
    ...{ sequence: number, number, event: { number }, createdAt: clock.now(), bytes: 1 },
  });
  const labels = (records: readonly StreamRecord[]) => records.map(({ number }) => number).join("");
  let isOver = false;
  const delivery = deliver(
    {
      mapping: { ...MAPPING, ...mapping },
      ...{ clock, stop: stopping.signal, tell: () => undefined },
      functions: {
        invoke: async (_arn, event) => {
          invoked.push(
            listAt(event, "Records")
              .map((it) => (isRecord(it) ? it["number"] : ""))
              .join(""),
          );
          return answers[Math.min(invoked.length, answers.length) - 1] ?? OK;
        },
      },
      replay: () => replays-- > 0,
      settle: (records) => void settled.push(labels(records)),
      giveUp: async ({ records, because, invocations, last }) => {
        settled.push(`(${labels(records)})`);
        givenUp.push({ because, invocations, last });
      },
    },
    [...numbers].map(record),
  ).finally(() => (isOver = true));
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.turn(100);
  }
  await delivery;
  return { invoked, settled, givenUp, tookMs: clock.now() - startedAt };
}

describe("a batch", () => {
  it("is repeated as a whole, ever later, until it passes", async () => {
    const { invoked, settled, tookMs } = await play("abc", [ERROR, { is: "timed-out" }, ERROR, ERROR, OK]);
    expect(invoked).toEqual(["abc", "abc", "abc", "abc", "abc"]);
    expect(settled).toEqual(["abc"]);
    expect(tookMs).toBeGreaterThanOrEqual(100 + 200 + 400 + 800);
  });

  it("is given up when its retries are used up", async () => {
    const { invoked, givenUp } = await play("ab", [ERROR], { mostRetries: 2 });
    expect(invoked).toHaveLength(3);
    expect(givenUp).toEqual([{ because: "RetryAttemptsExhausted", invocations: 3, last: "error" }]);
  });

  it("is given up when it is too old", async () => {
    const { invoked, givenUp } = await play("a", [ERROR], { mostAgeMs: MINUTE_MS });
    expect(invoked.length).toBeGreaterThan(5);
    expect(givenUp).toMatchObject([{ because: "RecordAgeExceeded", last: "error" }]);
  });

  it("uses up no retries while the function is too busy to run", async () => {
    const { invoked, settled } = await play("a", [BUSY, BUSY, BUSY, OK], { mostRetries: 0 });
    expect(invoked).toHaveLength(4);
    expect(settled).toEqual(["a"]);
  });

  it("is halved on failure without using up retries, and goes on in order", async () => {
    const answers = [ERROR, OK, ERROR, ERROR, ERROR, OK];
    const { invoked, settled, givenUp } = await play("abcd", answers, { bisects: true, mostRetries: 1 });
    expect(invoked).toEqual(["abcd", "ab", "cd", "c", "c", "d"]);
    expect(settled).toEqual(["ab", "(c)", "c", "d"]);
    expect(givenUp).toMatchObject([{ invocations: 4 }]);
  });

  it("goes on from the lowest reported failure", async () => {
    const { invoked, settled } = await play("abcd", [failing("d", "c"), OK], { reportsFailures: true });
    expect(invoked).toEqual(["abcd", "cd"]);
    expect(settled).toEqual(["ab", "cd"]);
  });

  it("uses up no retries by going on from a reported failure where it may be halved", async () => {
    const mapping = { bisects: true, reportsFailures: true, mostRetries: 0 };
    const { invoked, settled } = await play("abcd", [failing("c"), failing("c"), OK], mapping);
    expect(invoked).toEqual(["abcd", "cd", "c", "d"]);
    expect(settled).toEqual(["ab", "c", "d"]);
  });

  it("counts each repetition from a reported failure, and gives up all that is left", async () => {
    const { givenUp, settled } = await play("abc", [failing("b")], { reportsFailures: true, mostRetries: 1 });
    expect(settled).toEqual(["a", "(bc)", "bc"]);
    expect(givenUp).toEqual([{ because: "RetryAttemptsExhausted", invocations: 2, last: "report" }]);
  });

  it.each([
    ["an identifier that is not in it", failing("z")],
    ["an empty identifier", failing("")],
    ["a failure without an identifier", { is: "returned", payload: { batchItemFailures: [{}] } } as const],
  ])("fails as a whole when the function reports %s", async (_what, answer) => {
    const { invoked } = await play("ab", [answer, OK], { reportsFailures: true });
    expect(invoked).toEqual(["ab", "ab"]);
  });

  it.each([null, "", {}, { batchItemFailures: null }, { batchItemFailures: [] }])(
    "passes when the function answers %j",
    async (payload) => {
      const { settled } = await play("ab", [{ is: "returned", payload }], { reportsFailures: true });
      expect(settled).toEqual(["ab"]);
    },
  );

  it("passes whatever is reported where the mapping does not ask for reports", async () => {
    expect((await play("ab", [failing("a")])).settled).toEqual(["ab"]);
  });

  it("comes once more in weather that replays it", async () => {
    const { invoked, settled } = await play("ab", [OK], {}, Infinity);
    expect(invoked).toEqual(["ab", "ab"]);
    expect(settled).toEqual(["ab"]);
  });
});
