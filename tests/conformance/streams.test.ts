import { describe, expect } from "vitest";
import { fact } from "./fact";
import { newKey, type Stage } from "./stage";

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
      // A function that runs while days pass times out, and its records are too old to be repeated.
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
      const owner = newKey();
      await put(stage, owner, 1, { say: { S: "before" } });
      await put(stage, owner, 2, { poison: { S: "yes" } });
      await put(stage, owner, 3, { say: { S: "after" } });
      const lines = await stage.eventually("what stands after the poison", async () => {
        await stage.pass(1_000);
        const all = await followed(stage, owner);
        return all.some(({ seq }) => seq === 3) ? all : undefined;
      });
      expect(lines.map(({ seq }) => seq)).toEqual([1, 3]);
      // The first attempt and the three that the mapping allows; one that only split the batch does not count.
      const refused = Number((await stage.note(`${owner}.refused`))?.["times"]);
      expect(refused).toBeGreaterThanOrEqual(4);
      expect(refused).toBeLessThanOrEqual(6);
      await stage.eventually("the failure in the queue", async () => {
        const { requestContext, DDBStreamBatchInfo } = (await stage.failure()) ?? {};
        const isOurs = Reflect.get(Object(requestContext), "condition") === "RetryAttemptsExhausted";
        return isOurs && Reflect.get(Object(DDBStreamBatchInfo), "batchSize") === 1 ? true : undefined;
      });
    },
  );
});
