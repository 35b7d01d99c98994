// What the engines never do by themselves: throttle a batch, cut a page short, cancel a transaction for another.

import { describe, expect, it } from "vitest";
import { AwsError } from "./aws-error";
import { isRecord, itemOf, type Row } from "./attribute-values";
import { Dynamo } from "./dynamo";
import type { DynamoCall } from "./dynamo-call";
import { Failed } from "./retries";

/** Answers one call after the other. */
function scripted(...answers: readonly (Row | Error)[]) {
  const inputs: Row[] = [];
  const pauses: number[] = [];
  const left = [...answers];
  const call: DynamoCall = async (_action, input) => {
    inputs.push(input);
    const answer = left.shift() ?? {};
    if (answer instanceof Error) throw answer;
    return { value: answer, attempts: 1 };
  };
  const world = { random: () => 0.5, pause: async (delayMs: number) => void pauses.push(delayMs) };
  return { dynamo: new Dynamo(call, world), inputs, pauses };
}

const keysOf = (input: Row | undefined): readonly unknown[] => {
  const items = input?.["RequestItems"];
  const table = isRecord(items) ? items["T"] : undefined;
  const keys = isRecord(table) ? table["Keys"] : undefined;
  return Array.isArray(keys) ? keys : [];
};

describe("a batch", () => {
  it("asks again, after a pause, for what was left over", async () => {
    const [one, two] = [{ key: "1" }, { key: "2" }];
    const { dynamo, inputs, pauses } = scripted(
      { Responses: { T: [itemOf(one)] }, UnprocessedKeys: { T: { Keys: [itemOf(two)] } } },
      { Responses: { T: [itemOf(two)] } },
    );

    expect(await dynamo.getAll("T", [one, two])).toEqual([one, two]);

    expect(keysOf(inputs[1])).toEqual([itemOf(two)]);
    expect(pauses).toEqual([50]);
  });

  it("takes a hundred keys at a time, and none of no keys", async () => {
    const { dynamo, inputs } = scripted();

    await dynamo.getAll(
      "T",
      Array.from({ length: 230 }, (_, index) => ({ key: String(index) })),
    );
    await dynamo.getAll("T", []);

    expect(inputs.map((input) => keysOf(input).length)).toEqual([100, 100, 30]);
  });
});

// No engine shows it: each of theirs answers all reads as if they had asked.
describe("a read", () => {
  it("asks for what was written last, of one item and of many", async () => {
    const { dynamo, inputs } = scripted();

    await dynamo.get("T", { key: "k" });
    await dynamo.getAll("T", [{ key: "k" }]);

    expect(inputs).toMatchObject([
      { ConsistentRead: true },
      { RequestItems: { T: { ConsistentRead: true } } },
    ]);
  });
});

describe("a query", () => {
  it("goes on where a page was cut, up to its limit", async () => {
    const place = itemOf({ key: "2" });
    const { dynamo, inputs } = scripted(
      { Items: [itemOf({ n: 1 }), itemOf({ n: 2 })], LastEvaluatedKey: place },
      { Items: [itemOf({ n: 3 })], LastEvaluatedKey: place },
    );

    const rows = await dynamo.query({ table: "T", where: "#key = :key", values: { key: "k" }, limit: 3 });

    expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(inputs).toMatchObject([
      { Limit: 3, ConsistentRead: true },
      { Limit: 1, ConsistentRead: true, ExclusiveStartKey: place },
    ]);
  });
});

describe("a transaction", () => {
  const step = {
    is: "put",
    table: "T",
    row: { key: "k" },
    if: { where: "attribute_not_exists(#key)" },
  } as const;
  const cancelled = (...codes: readonly string[]) =>
    new Failed(
      new AwsError("TransactionCanceledException", "", 400, {
        CancellationReasons: codes.map((Code) => ({ Code })),
      }),
      1,
    );

  it("tells which condition did not hold", async () => {
    const { dynamo } = scripted(cancelled("None", "ConditionalCheckFailed"));

    expect(await dynamo.transact([step, step])).toEqual({ is: "unmet", held: [true, false] });
  });

  it("does not take for an unmet condition what is none", async () => {
    const crossed = cancelled("TransactionConflict", "None");
    const { dynamo } = scripted(crossed);

    await expect(dynamo.transact([step, step])).rejects.toBe(crossed);
  });
});
