import { describe, expect } from "vitest";
import { fact } from "./fact";
import { newKey, type Stage } from "./stage";

const KB = 1024;
const notDeployed = "the bill of a stage comes a day later, for the account as a whole";

const billed = async (stage: Stage, direction: "up" | "down", route: string): Promise<number> =>
  (await stage.control.meter()).frames
    .filter((use) => use.direction === direction && use.route === route)
    .reduce((sum, use) => sum + use.billedMessages, 0);

describe("the bill", () => {
  fact(
    20,
    "a message is billed in steps of 32 KB, up and down",
    async (stage) => {
      const line = await stage.enter();
      const id = await stage.connectionOf(line);
      await stage.control.resetMeter();
      const text = JSON.stringify({ action: "size", ref: "x", fill: "x".repeat(33 * KB) });
      line.saySplit(text, [32 * KB, text.length - 32 * KB]);
      await line.hears(({ ref }) => ref === "x", "the size");
      expect(await billed(stage, "up", "size")).toBe(2);
      expect(await billed(stage, "down", "size")).toBe(1);
      await stage.callBack("POST", id, { bytes: 70 * KB });
      expect(await billed(stage, "down", "@connections")).toBe(3);
    },
    { notDeployed },
  );

  fact(
    20,
    "a connection is billed by the minute that was begun",
    async (stage) => {
      const line = await stage.enter();
      await stage.control.resetMeter();
      await stage.pass(90_000);
      line.socket.close(1000);
      await stage.eventually("its minutes", async () => {
        const { connections } = await stage.control.meter();
        return connections.count > 0 ? (expect(connections.billedMinutes).toBe(2) ?? true) : undefined;
      });
    },
    { notDeployed },
  );

  fact(
    23,
    "a failed condition costs what the write would have cost",
    async (stage) => {
      const put = {
        TableName: "@Items",
        Item: { owner: { S: newKey() }, seq: { N: "1" }, ballast: { S: "@Ballast" } },
        ConditionExpression: "attribute_not_exists(seq)",
      };
      expect(await stage.database("PutItem", put, 2 * KB)).toMatchObject({ status: 200 });
      await stage.control.resetMeter();
      expect(await stage.database("PutItem", put, 2 * KB)).toMatchObject({ status: 400 });
      const { database } = await stage.control.meter();
      // 2 KB and its key begin a third kilobyte.
      expect(
        database.filter(({ action, table }) => action === "PutItem" && /Items/.test(table)),
      ).toMatchObject([{ failed: 1, writeUnits: 3 }]);
    },
    { notDeployed },
  );
});
