// Against an engine that is played, so that its calls can be counted; local/streams/ has it on real ones.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
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

type Scanned = { readonly from: number; readonly to: number; readonly items: number };
let engine:
  (Listener & { items: Map<string, number>; calls: string[]; scans: Scanned[]; scanMs: number }) | undefined;
let expiry: Expiry | undefined;
afterEach(async () => {
  await expiry?.stop();
  engine?.stop();
});

/** Knows items by id and expiry; `meanwhile` is called before each deletion. */
async function play(meanwhile: (id: string) => void = () => undefined) {
  const items = new Map<string, number>();
  const calls: string[] = [];
  const scans: Scanned[] = [];
  const listener = await startListener(async ({ request, body }) => {
    const action = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    const input: Json = JSON.parse(body);
    calls.push(action);
    if (action === "Scan") {
      const from = performance.now();
      const all = [...items];
      const begin =
        1 + all.findIndex(([id]) => id === textAt(recordAt(input["ExclusiveStartKey"], "id"), "S"));
      const page = all.slice(begin, begin + Number(input["Limit"]));
      const Items = page.map(([id, at]) => ({ id: { S: id }, expiresAt: { N: String(at) } }));
      const more = begin + page.length < all.length && { LastEvaluatedKey: { id: Items.at(-1)?.id } };
      await pause(engine?.scanMs);
      scans.push({ from, to: performance.now(), items: page.length });
      return { status: 200, body: JSON.stringify({ Items, ...more }) };
    }
    const id = textAt(recordAt(recordAt(input, "Key"), "id"), "S") ?? "";
    meanwhile(id);
    const due = Number(textAt(recordAt(recordAt(input, "ExpressionAttributeValues"), ":due"), "N"));
    if ((items.get(id) ?? Infinity) > due)
      return { status: 400, body: JSON.stringify({ __type: "x#ConditionalCheckFailedException" }) };
    items.delete(id);
    return { status: 200, body: "{}" };
  });
  return (engine = { ...listener, items, calls, scans, scanMs: 0 });
}

const open = (clock: TurnableClock, dataDir = mkdtempSync(join(tmpdir(), "expiry-"))): Expiry =>
  (expiry = createExpiry({
    resources: [TABLE],
    nameOf: ({ id }) => id,
    engineEndpoint: () => engine?.endpoint ?? "",
    ...{ clock, dataDir, tell: () => undefined },
  }));

/** A table of more items than a page holds, each page of which takes the engine so long. */
async function playLong(scanMs: number) {
  const played = await play();
  played.scanMs = scanMs;
  const clock = turnableClock();
  open(clock);
  for (let count = 0; count < 500; count++) played.items.set(`item-${count}`, clock.now() / 1_000 + 60);
  return { scans: played.scans, clock };
}

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

  it("that is long is looked through in small pages, with longer rests between them", async () => {
    const { scans, clock } = await playLong(20);
    await turn(clock, 60_000);
    expect(scans.map(({ items }) => items)).toEqual([200, 200, 100]);
    for (const [at, { from }] of scans.slice(1).entries())
      expect(from - (scans[at]?.to ?? 0)).toBeGreaterThan(3 * 20);
  });

  it("is rested from no longer when the cloud stops", async () => {
    const scanMs = 1_000;
    const { scans, clock } = await playLong(scanMs);
    clock.turn(60_000);
    await vi.waitFor(() => expect(scans).toHaveLength(1), 60_000);
    const stoppedAt = performance.now();
    await expiry?.stop();
    expect(performance.now() - stoppedAt).toBeLessThan(3 * scanMs);
    expect(scans).toHaveLength(1);
  });
});
