import { describe, expect } from "vitest";
import { item, labelOf, stand } from "../../local/streams/stream-fixture";
import { type EngineName, missing, startEngine } from "../fixtures/engine";
import { fact } from "./fact";
import { newKey, type Stage } from "./stage";

const ENGINES: readonly EngineName[] = ["dynoxide", "dynamodb-local"];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const THE_SERVICE = "dynamodb.amazonaws.com";

const key = (owner: string, seq: number) => ({ owner: { S: owner }, seq: { N: String(seq) } });
const put = (stage: Stage, owner: string, seq: number, more: object = {}) =>
  stage.database("PutItem", { TableName: "@Items", Item: { ...key(owner, seq), ...more } });

type Followed = {
  readonly did: string;
  readonly seq: number;
  readonly before?: string;
  readonly after?: string;
  readonly by?: string;
};

const followed = async (stage: Stage, owner: string): Promise<readonly Followed[]> => {
  const lines = (await stage.note(`${owner}.followed`))?.["lines"];
  return (Array.isArray(lines) ? lines : []).map((line): Followed => JSON.parse(String(line)));
};
const followedUntil = (stage: Stage, owner: string, enough: (lines: readonly Followed[]) => boolean) =>
  stage.eventually("the stream", async () => {
    const lines = await followed(stage, owner);
    return enough(lines) ? lines : undefined;
  });

const batches = async (stage: Stage, owner: string): Promise<readonly string[]> => {
  const lines = (await stage.note(`${owner}.batches`))?.["lines"];
  return (Array.isArray(lines) ? lines : []).map(String);
};

/** Of a new owner, numbered from 1. A transaction's records mostly come in one batch; until then, another is tried. */
const putTogether = (stage: Stage, items: readonly object[]): Promise<string> =>
  stage.eventually("records that come together", async () => {
    const owner = newKey();
    const Puts = items.map((more, at) => ({
      Put: { TableName: "@Items", Item: { ...key(owner, at + 1), ...more } },
    }));
    await stage.database("TransactWriteItems", { TransactItems: Puts });
    const first = await stage.eventually("a batch", async () => (await batches(stage, owner))[0]);
    return first === items.map((_, at) => at + 1).join(",") ? owner : undefined;
  });

/** Of the record that the owner's stream refused: the queue may hold others', of an earlier run too. */
const deadLetterOf = (stage: Stage, owner: string) =>
  stage.eventually("the dead letter", async () => {
    const { requestContext, DDBStreamBatchInfo } = (await stage.failure()) ?? {};
    const batch = Object(DDBStreamBatchInfo);
    if (batch.startSequenceNumber !== (await stage.note(`${owner}.stood`))?.["at"]) return undefined;
    return { because: Object(requestContext).condition, records: batch.batchSize };
  });

describe("time to live", () => {
  const isThere = async (stage: Stage, owner: string): Promise<boolean> => {
    const asked = { TableName: "@Items", Key: key(owner, 1), ConsistentRead: true };
    return (await stage.database("GetItem", asked)).answer["Item"] !== undefined;
  };
  const inSeconds = async (stage: Stage, seconds: number): Promise<object> => {
    const { now } = await (await stage.enter()).ask({ action: "whoami" });
    return { expiresAt: { N: String(Math.floor(Number(now) / 1_000) + seconds) } };
  };

  fact(22, "an expired item is read as if nothing had happened", async (stage) => {
    const owner = newKey();
    await put(stage, owner, 1, await inSeconds(stage, -3_600));
    expect(await isThere(stage, owner)).toBe(true);
  });

  fact(
    22,
    "it is still there an hour after it has expired",
    async (stage) => {
      const owner = newKey();
      await put(stage, owner, 1, await inSeconds(stage, 60));
      await followedUntil(stage, owner, (all) => all.length === 1);
      // In steps: each gives whoever deletes an occasion, and time to do it.
      for (let minutes = 0; minutes < 65; minutes += 5) {
        await stage.pass(5 * MINUTE_MS);
        expect(await isThere(stage, owner)).toBe(true);
      }
      expect(await followed(stage, owner)).toHaveLength(1);
    },
    { notDeployed: "AWS deletes when it likes, which may be within minutes" },
  );

  fact(
    22,
    "it is deleted days later, and the stream names the service",
    async (stage) => {
      const owner = newKey();
      await put(stage, owner, 1, { ...(await inSeconds(stage, 60)), say: { S: "short" } });
      await put(stage, owner, 2, { say: { S: "for ever" } });
      // What is still being followed while days pass is too old to be repeated.
      await followedUntil(stage, owner, (all) => all.length === 2);
      await stage.pass(3 * DAY_MS);
      const lines = await followedUntil(stage, owner, (all) => all.some(({ did }) => did === "REMOVE"));
      expect(lines.filter(({ did }) => did === "REMOVE")).toEqual([
        expect.objectContaining({ seq: 1, before: "short", by: THE_SERVICE }),
      ]);
      expect(await isThere(stage, owner)).toBe(false);
      // Only by the service: an own delete does not say so.
      await stage.database("DeleteItem", { TableName: "@Items", Key: key(owner, 2) });
      const after = await followedUntil(stage, owner, (all) => all.length > lines.length);
      expect(after.at(-1)).toMatchObject({ did: "REMOVE", seq: 2 });
      expect(after.at(-1)?.by).toBeUndefined();
    },
    { lasts: "3 days" },
  );
});

describe("streams", () => {
  fact(26, "each change comes once, in the order of its item, with what was and what is", async (stage) => {
    const owner = newKey();
    for (const say of ["one", "two", "three"]) await put(stage, owner, 1, { say: { S: say } });
    await stage.database("DeleteItem", { TableName: "@Items", Key: key(owner, 1) });
    const lines = await followedUntil(stage, owner, (all) => all.length >= 4);
    expect(lines).toEqual([
      { did: "INSERT", seq: 1, after: "one" },
      { did: "MODIFY", seq: 1, before: "one", after: "two" },
      { did: "MODIFY", seq: 1, before: "two", after: "three" },
      { did: "REMOVE", seq: 1, before: "three" },
    ]);
  });

  fact(26, "a batch that fails is repeated until it passes, and nothing overtakes it", async (stage) => {
    const owner = newKey();
    await put(stage, owner, 1, { fails: { N: "2" } });
    await put(stage, owner, 2);
    const lines = await stage.eventually("the record after it", async () => {
      await stage.pass(1_000);
      const all = await followed(stage, owner);
      return all.some(({ seq }) => seq === 2) ? all : undefined;
    });
    // Two attempts failed and one passed; what was done twice is told twice, and in the same order.
    expect(await stage.note(`${owner}.failed`)).toMatchObject({ times: 3 });
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  fact(
    26,
    "a record that always fails is tried again, ends in the queue, and what stands before and after it is taken",
    async (stage) => {
      const owner = await putTogether(stage, [
        { say: { S: "before" } },
        { poison: { S: "yes" } },
        { say: { S: "after" } },
      ]);
      const lines = await stage.eventually("what stands after the poison", async () => {
        await stage.pass(1_000);
        const all = await followed(stage, owner);
        return all.some(({ seq }) => seq === 3) ? all : undefined;
      });
      expect(lines.map(({ seq }) => seq)).toEqual([1, 3]);
      // What stands before the reported failure is done, and does not come again.
      expect((await batches(stage, owner)).slice(0, 2)).toEqual(["1,2,3", "2,3"]);
      // The first attempt and the three that the mapping allows; one that only split the batch does not count.
      const refused = Number((await stage.note(`${owner}.refused`))?.["times"]);
      expect(refused).toBeGreaterThanOrEqual(4);
      expect(refused).toBeLessThanOrEqual(6);
      expect(await deadLetterOf(stage, owner)).toEqual({ because: "RetryAttemptsExhausted", records: 1 });
    },
  );

  fact(26, "a batch that fails as a whole is halved, until what fails is alone", async (stage) => {
    const owner = await putTogether(stage, [{}, {}, { breaks: { S: "yes" } }, {}]);
    const lines = await stage.eventually("what stands after it", async () => {
      await stage.pass(1_000);
      const all = await followed(stage, owner);
      return all.some(({ seq }) => seq === 4) ? all : undefined;
    });
    // What passed before the batch failed comes again.
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 1, 2, 4]);
    const [whole, ...halves] = await batches(stage, owner);
    expect(whole).toBe("1,2,3,4");
    expect(halves).not.toContain(whole);
    expect(halves.slice(0, 3)).toEqual(["1,2", "3,4", "3"]);
    expect(halves.at(-1)).toBe("4");
    expect(await deadLetterOf(stage, owner)).toEqual({ because: "RetryAttemptsExhausted", records: 1 });
  });

  fact(
    26,
    "a record that fails is repeated until it is too old, where its mapping sets no other limit",
    async (stage) => {
      const owner = newKey();
      await put(stage, owner, 1, { stale: { S: "yes" } });
      const attempts = async () => Number((await stage.note(`${owner}.refused`))?.["times"] ?? 0);
      // One more than the other mapping allows.
      await stage.eventually("five attempts", async () => {
        await stage.pass(1_000);
        return (await attempts()) >= 5 || undefined;
      });
      await stage.pass(2 * MINUTE_MS);
      expect(await deadLetterOf(stage, owner)).toEqual({ because: "RecordAgeExceeded", records: 1 });
      const made = await attempts();
      await stage.pass(MINUTE_MS);
      expect(await attempts()).toBe(made);
    },
    { lasts: "4 minutes" },
  );

  // On streams of its own: the probe's mappings are there before anybody writes.
  fact(
    26,
    "TRIM_HORIZON begins with what was written before the mapping was there, LATEST does not",
    async () => {
      const name = ENGINES.find((each) => missing(each) === undefined);
      if (name === undefined) throw new Error("unable to test; there is no engine");
      const engine = await startEngine(name);
      try {
        for (const [StartingPosition, expected] of [
          ["TRIM_HORIZON", ["a1", "a2"]],
          ["LATEST", ["a2"]],
        ] as const) {
          const table = `items-${StartingPosition}`;
          const here = await stand({ endpoint: engine.endpoint, table, mapping: { StartingPosition } });
          const seen: string[] = [];
          await here.put(item("a", 1));
          const streams = here.start((records) => void seen.push(...records.map(labelOf)));
          await streams.idle();
          await here.put(item("a", 2));
          await streams.idle();
          await here.stop();
          expect(seen).toEqual(expected);
        }
      } finally {
        await engine.stop();
      }
    },
    { notDeployed: "a mapping is deployed with its table: nothing was written before" },
  );
});
