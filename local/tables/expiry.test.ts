// Against an engine that is played, so that its calls can be counted; local/streams/ has it on real ones.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Listener, startListener } from "../../tests/fixtures/engine-listener";
import type { Resource } from "../resources";
import { type Json, recordAt, textAt } from "../template/json";
import { type TurnableClock, turnableClock } from "../turnable-clock";
import { createExpiry, type Expiry } from "./expiry";

const HOUR_MS = 3_600_000;
const DAY_SECONDS = 24 * 3_600;
const TABLE: Resource = {
  id: "log",
  type: "AWS::DynamoDB::Table",
  properties: {
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    StreamSpecification: { StreamViewType: "NEW_IMAGE" },
    TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
  },
};

let engine: (Listener & { items: Map<string, number>; calls: string[] }) | undefined;
let expiry: Expiry | undefined;
afterEach(async () => {
  await expiry?.stop();
  engine?.stop();
});

/** Knows items by id and expiry; `meanwhile` is called before each deletion. */
async function play(meanwhile: (id: string) => void = () => undefined) {
  const items = new Map<string, number>();
  const calls: string[] = [];
  const listener = await startListener(({ request, body }) => {
    const action = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    const input: Json = JSON.parse(body);
    calls.push(action);
    if (action === "Scan") {
      const Items = [...items].map(([id, at]) => ({ id: { S: id }, expiresAt: { N: String(at) } }));
      return { status: 200, body: JSON.stringify({ Items }) };
    }
    const id = textAt(recordAt(recordAt(input, "Key"), "id"), "S") ?? "";
    meanwhile(id);
    const due = Number(textAt(recordAt(recordAt(input, "ExpressionAttributeValues"), ":due"), "N"));
    if ((items.get(id) ?? Infinity) > due)
      return { status: 400, body: JSON.stringify({ __type: "x#ConditionalCheckFailedException" }) };
    items.delete(id);
    return { status: 200, body: "{}" };
  });
  return (engine = { ...listener, items, calls });
}

const open = (clock: TurnableClock, dataDir = mkdtempSync(join(tmpdir(), "expiry-"))): Expiry =>
  (expiry = createExpiry({
    resources: [TABLE],
    nameOf: ({ id }) => id,
    engineEndpoint: () => engine?.endpoint ?? "",
    ...{ clock, dataDir, tell: () => undefined },
  }));

async function turn(clock: TurnableClock, ms: number): Promise<void> {
  clock.turn(ms);
  await expiry?.idle();
}

const removal = (id: string, expiresAt: number) => ({
  keys: { id: { S: id } },
  oldImage: { id: { S: id }, expiresAt: { N: String(expiresAt) } },
});

describe("an item whose time is over", () => {
  it("is deleted two days late, and known as the service's deletion after a restart too", async () => {
    const { items } = await play();
    const clock = turnableClock();
    const dataDir = mkdtempSync(join(tmpdir(), "expiry-"));
    open(clock, dataDir);
    const soon = clock.now() / 1_000 + 60;
    items.set("soon", soon).set("later", soon + 10 * DAY_SECONDS);
    await turn(clock, 48 * HOUR_MS);
    expect([...items.keys()]).toEqual(["soon", "later"]);
    await turn(clock, 2 * HOUR_MS);
    expect([...items.keys()]).toEqual(["later"]);

    await expiry?.stop();
    const again = open(clock, dataDir);
    expect(again.deleted("log", removal("soon", soon))).toBe(true);
    expect(again.deleted("log", removal("soon", soon + 1))).toBe(false);
    expect(again.deleted("log", removal("later", soon))).toBe(false);
  });

  it("stays when it is renewed just before its deletion, and a later deletion of it is not the service's", async () => {
    const clock = turnableClock();
    const soon = clock.now() / 1_000 + 60;
    const { items, calls } = await play((id) => items.set(id, soon + 10 * DAY_SECONDS));
    open(clock);
    items.set("a", soon);
    await turn(clock, 50 * HOUR_MS);
    expect(calls).toContain("DeleteItem");
    expect([...items.keys()]).toEqual(["a"]);
    expect(expiry?.deleted("log", removal("a", soon))).toBe(false);
  });
});

describe("a table", () => {
  it("is looked through once a lateness while nothing expires, and when something is due", async () => {
    const { items, calls } = await play();
    const clock = turnableClock();
    open(clock);
    await turn(clock, 60_000);
    expect(calls).toEqual(["Scan"]);
    for (let hour = 0; hour < 47; hour++) await turn(clock, HOUR_MS);
    expect(calls).toEqual(["Scan"]);
    const due = clock.now() / 1_000 + 3 * 3_600;
    items.set("a", due);
    await turn(clock, HOUR_MS);
    expect(calls).toEqual(["Scan", "Scan"]);
    await turn(clock, 49 * HOUR_MS);
    expect(calls).toEqual(["Scan", "Scan", "Scan"]);
    await turn(clock, 2 * HOUR_MS);
    expect(items.size).toBe(0);
  });
});
