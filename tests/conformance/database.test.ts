import { describe, expect } from "vitest";
import { fact } from "./fact";
import { newKey, type Stage } from "./stage";

const KB = 1024;
/** DynamoDB's limit of an item, the names of its attributes included. */
const MOST_ITEM_BYTES = 400 * KB;

const key = (owner: string, seq: number) => ({ owner: { S: owner }, seq: { N: String(seq) } });

const put = (stage: Stage, owner: string, seq: number, more: object = {}) =>
  stage.database("PutItem", { TableName: "@Items", Item: { ...key(owner, seq), ...more } });

const query = (stage: Stage, owner: string, more: object = {}) =>
  stage.database("Query", {
    TableName: "@Items",
    KeyConditionExpression: "#owner = :owner",
    ExpressionAttributeNames: { "#owner": "owner" },
    ExpressionAttributeValues: { ":owner": { S: owner } },
    ConsistentRead: true,
    ...more,
  });

const seqsIn = (answer: object): number[] => {
  const items: unknown = Reflect.get(answer, "Items");
  return (Array.isArray(items) ? items : []).map((item: { seq: { N: string } }) => Number(item.seq.N));
};

/** The status that the probe tells where the line broke. */
const NO_ANSWER = 0;

const isError = (type: string) => ({ status: 400, answer: { __type: expect.stringContaining(type) } });

describe("reading", () => {
  fact(21, "consistently: on the table and on a local index, refused on a global one", async (stage) => {
    const owner = newKey();
    await put(stage, owner, 1, { rank: { N: "5" }, colour: { S: owner } });
    expect(seqsIn((await query(stage, owner)).answer)).toEqual([1]);
    expect(seqsIn((await query(stage, owner, { IndexName: "byRank" })).answer)).toEqual([1]);
    const ofGlobal = {
      IndexName: "byColour",
      ExpressionAttributeNames: { "#owner": "colour" },
    };
    expect(await query(stage, owner, ofGlobal)).toMatchObject(isError("ValidationException"));
    await stage.eventually("the item in the index", async () => {
      const { answer } = await query(stage, owner, { ...ofGlobal, ConsistentRead: false });
      return seqsIn(answer).length === 1 || undefined;
    });
  });

  fact(
    21,
    "a Query in pages is no snapshot: what is written between them is seen or missed",
    async (stage) => {
      const owner = newKey();
      await put(stage, owner, 2);
      await put(stage, owner, 4);
      const first = await query(stage, owner, { Limit: 1 });
      await put(stage, owner, 1);
      await put(stage, owner, 3);
      const ExclusiveStartKey = first.answer["LastEvaluatedKey"];
      const second = await query(stage, owner, { ExclusiveStartKey });
      // 3 was not there when the Query began; 1 was, when it ended.
      expect([...seqsIn(first.answer), ...seqsIn(second.answer)]).toEqual([2, 3, 4]);
    },
  );

  fact(21, "a global index lags behind its table", () => undefined, {
    notLocal: "the engine writes both at once: nothing may lean on that",
    notDeployed: "AWS's index is mostly there within milliseconds: it cannot be made to lag",
  });
});

describe("writing", () => {
  fact(23, "a failed condition returns the item that stood there, when it is asked to", async (stage) => {
    const owner = newKey();
    await put(stage, owner, 1, { say: { S: "first" } });
    const again = {
      TableName: "@Items",
      Item: { ...key(owner, 1), say: { S: "second" } },
      ConditionExpression: "attribute_not_exists(seq)",
    };
    const refused = await stage.database("PutItem", {
      ...again,
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    expect(refused).toMatchObject(isError("ConditionalCheckFailedException"));
    expect(refused.answer["Item"]).toMatchObject({ say: { S: "first" } });
    expect((await stage.database("PutItem", again)).answer["Item"]).toBeUndefined();
  });

  fact(23, "a transaction costs twice what its writes cost", async (stage) => {
    const owner = newKey();
    const Put = (seq: number) => ({ TableName: "@Items", Item: key(owner, seq) });
    const single = await stage.database("PutItem", { ...Put(1), ReturnConsumedCapacity: "TOTAL" });
    expect(single.answer["ConsumedCapacity"]).toMatchObject({ CapacityUnits: 1 });
    const both = await stage.database("TransactWriteItems", {
      TransactItems: [{ Put: Put(2) }, { Put: Put(3) }],
      ReturnConsumedCapacity: "TOTAL",
    });
    expect(both.answer["ConsumedCapacity"]).toMatchObject([{ CapacityUnits: 4 }]);
  });

  fact(
    24,
    "of transactions on the same items at the same time, one conflicts",
    async (stage) => {
      const [owner, times] = [newKey(), 16];
      const write = (by: number) =>
        stage.database("TransactWriteItems", {
          TransactItems: [1, 2].map((seq) => ({
            Put: { TableName: "@Items", Item: { ...key(owner, seq), by: { N: String(by) } } },
          })),
        });
      // Again and again: they may happen to follow one another.
      const refused = await stage.eventually("a conflict", async () => {
        const answers = await Promise.all(Array.from({ length: times }, (_, by) => write(by)));
        return answers.find(({ status }) => status !== 200);
      });
      expect(refused).toMatchObject(isError("TransactionCanceledException"));
      expect(JSON.stringify(refused.answer["CancellationReasons"])).toContain("TransactionConflict");
    },
    { notLocal: "the engine does one after the other: the weather makes the conflicts here" },
  );

  fact(25, "a plain counter counts a repeated write twice, a conditional one once", async (stage) => {
    const owner = newKey();
    const add = {
      TableName: "@Items",
      Key: key(owner, 1),
      UpdateExpression: "ADD times :one",
      ExpressionAttributeValues: { ":one": { N: "1" } },
      ReturnValues: "UPDATED_NEW",
    };
    // The same request once more, as after an answer that was lost.
    await stage.database("UpdateItem", add);
    expect((await stage.database("UpdateItem", add)).answer).toMatchObject({
      Attributes: { times: { N: "2" } },
    });
    const once = {
      ...add,
      Key: key(owner, 2),
      UpdateExpression: "ADD times :one SET done = :id",
      ConditionExpression: "attribute_not_exists(done) OR done <> :id",
      ExpressionAttributeValues: { ":one": { N: "1" }, ":id": { S: "this write" } },
    };
    await stage.database("UpdateItem", once);
    expect(await stage.database("UpdateItem", once)).toMatchObject(
      isError("ConditionalCheckFailedException"),
    );
  });

  fact(27, "an item of 400 KB is taken, one byte more is refused", async (stage) => {
    const owner = newKey();
    // Names and values count: owner, seq (a number of one digit takes two bytes), ballast.
    const rest = "owner".length + owner.length + "seq".length + 2 + "ballast".length;
    const putBallast = (seq: number, bytes: number) =>
      stage.database(
        "PutItem",
        { TableName: "@Items", Item: { ...key(owner, seq), ballast: { S: "@Ballast" } } },
        bytes,
      );
    expect(await putBallast(1, MOST_ITEM_BYTES - rest)).toMatchObject({ status: 200 });
    const refused = await putBallast(2, MOST_ITEM_BYTES - rest + 1);
    expect(refused).toMatchObject(isError("ValidationException"));
    expect(String(refused.answer["message"])).toContain("Item size");
  });

  fact(
    27,
    "a partition takes 1,000 write units a second",
    async (stage) => {
      const owner = newKey();
      const item = (seq: number, more: object) => ({
        TableName: "@Items",
        Item: { ...key(owner, seq), ...more },
      });
      // Nine writes of 399 KB in a transaction: 7,182 units at once, of which the partition rests for six seconds.
      const Puts = Array.from({ length: 9 }, (_, seq) => ({
        Put: item(seq, { ballast: { S: "@Ballast" } }),
      }));
      const heavy = () => stage.database("TransactWriteItems", { TransactItems: Puts }, 399 * KB - 100);
      const light = () => stage.database("PutItem", item(10, {}));
      // Again where the light one came too late to meet the limit: on a busy machine it may.
      const refused = await stage.eventually("a write that is too much", async () => {
        await heavy();
        const answer = await light();
        return answer.status === 200 ? undefined : answer;
      });
      expect(refused).toMatchObject(isError("ProvisionedThroughputExceededException"));
      await stage.pass(60_000);
      expect(await light()).toMatchObject({ status: 200 });
    },
    { notDeployed: "AWS lets a partition exceed it for a while, from what was saved before" },
  );
});

describe("weather", () => {
  const notDeployed = "AWS has no weather on request";
  const under = async <Value>(stage: Stage, database: object, act: () => Promise<Value>): Promise<Value> => {
    // The line must be there first: the authorizer writes a note.
    await stage.database("GetItem", { TableName: "@Items", Key: key("nobody", 1) });
    await stage.weather({ database });
    return act().finally(() => stage.fairWeather());
  };
  const isThere = async (stage: Stage, owner: string) =>
    seqsIn((await query(stage, owner)).answer).length === 1;

  fact(
    24,
    "a write is throttled and nothing was done, a read is throttled too",
    async (stage) => {
      const owner = newKey();
      const answer = await under(stage, { throttle: 1 }, () => put(stage, owner, 1));
      expect(answer).toMatchObject(isError("Throttling"));
      expect(await isThere(stage, owner)).toBe(false);
      await put(stage, owner, 1);
      const read = { TableName: "@Items", Key: key(owner, 1) };
      for (const reading of [() => stage.database("GetItem", read), () => query(stage, owner)])
        expect(await under(stage, { throttle: 1 }, reading)).toMatchObject(isError("Throttling"));
      expect((await stage.database("GetItem", read)).answer["Item"]).toBeDefined();
    },
    { notDeployed },
  );

  fact(
    24,
    "a write is answered with an error, and was done or was not",
    async (stage) => {
      const [done, not] = [newKey(), newKey()];
      const applied = await under(stage, { failAfterApplying: 1 }, () => put(stage, done, 1));
      const failed = await under(stage, { fail: 1 }, () => put(stage, not, 1));
      for (const answer of [applied, failed])
        expect(answer).toMatchObject({
          status: 500,
          answer: { __type: expect.stringContaining("InternalServerError") },
        });
      expect([await isThere(stage, done), await isThere(stage, not)]).toEqual([true, false]);
    },
    { notDeployed },
  );

  fact(
    24,
    "a write is done, and its answer never comes",
    async (stage) => {
      const owner = newKey();
      const answer = await under(stage, { hangUp: 1 }, () => put(stage, owner, 1));
      expect(answer.status).toBe(NO_ANSWER);
      expect(await isThere(stage, owner)).toBe(true);
    },
    { notDeployed },
  );

  fact(
    24,
    "a transaction is cancelled for a conflict with another",
    async (stage) => {
      const owner = newKey();
      const answer = await under(stage, { conflict: 1 }, () =>
        stage.database("TransactWriteItems", {
          TransactItems: [{ Put: { TableName: "@Items", Item: key(owner, 1) } }],
        }),
      );
      expect(answer).toMatchObject(isError("TransactionCanceledException"));
      expect(answer.answer["CancellationReasons"]).toMatchObject([{ Code: "TransactionConflict" }]);
      expect(await isThere(stage, owner)).toBe(false);
    },
    { notDeployed },
  );
});
