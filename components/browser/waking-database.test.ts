import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";
import type { OutboxItem } from "../../core/client/ports/store";
import { whyOf } from "../../core/client/store-failure";
import { withTimeLimit } from "../../core/client/store-time-limit";
import { directConversation } from "../../core/domain/conversation";
import { isEntryId, isUserId, seqOf } from "../../core/domain/ids";
import { createIndexedDbStore } from "./indexeddb-store";
import { createWakingDatabase, type Begin } from "./waking-database";

let databases = 0;
const newName = () => `waking-${databases++}`;

function page() {
  let isAwake = true;
  const listeners = new Set<() => void>();
  const become = (awake: boolean) => {
    isAwake = awake;
    for (const listener of listeners) listener();
  };
  return {
    awake: () => isAwake,
    subscribe: (onChange: () => void) => {
      listeners.add(onChange);
      return () => void listeners.delete(onChange);
    },
    goes: () => become(false),
    comesBack: () => become(true),
  };
}

/** A transaction lasts while it is asked something. Ends when it is aborted, or when `end` is called. */
function heldOpen() {
  let isOver = false;
  let begun = 0;
  return {
    begun: () => begun,
    end: () => void (isOver = true),
    work: async (begin: Begin) => {
      begun += 1;
      const outbox = begin(["outbox"], "readwrite").objectStore("outbox");
      while (!isOver) await outbox.count();
      return "done";
    },
  };
}

/** Enough for whatever would happen to happen. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 50));

async function settledWithin(promise: Promise<unknown>): Promise<"settled" | "waits"> {
  const settled = promise.then(() => "settled" as const);
  return Promise.race([settled, aWhile().then(() => "waits" as const)]);
}

describe("a page that goes", () => {
  it("holds up no write of another tab with what it had begun", async () => {
    const name = newName();
    const going = page();
    const held = heldOpen();
    const first = createWakingDatabase(name, going, () => {});
    const second = createIndexedDbStore(name, page());
    const working = first.run(held.work);
    await vi.waitFor(() => expect(held.begun()).toBe(1));
    expect(await settledWithin(second.putOutbox(waiting(1)))).toBe("waits");

    going.goes();
    await vi.waitFor(async () => expect(await second.outbox()).toHaveLength(1));

    expect(held.begun()).toBe(1);
    held.end();
    going.comesBack();
    expect(await working).toBe("done");
    expect(held.begun()).toBe(2);
  });

  it("begins nothing until it comes back, and does then what it was asked meanwhile", async () => {
    const name = newName();
    const going = page();
    const store = createIndexedDbStore(name, going);
    const other = createIndexedDbStore(name, page());
    await store.putOutbox(waiting(1));
    going.goes();
    const stored = store.putOutbox(waiting(2));
    const read = store.outbox();

    expect(await settledWithin(Promise.race([stored, read]))).toBe("waits");
    expect(await other.outbox()).toHaveLength(1);

    going.comesBack();
    await stored;
    expect(await read).toHaveLength(2);
    expect(await other.outbox()).toHaveLength(2);
  });

  it("has stored what was written just before it went", async () => {
    const name = newName();
    const going = page();
    const store = createIndexedDbStore(name, going);
    await store.outbox();
    const stored = store.putOutbox(waiting(1));
    // The request is made; its answer has not come.
    await Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => Promise.resolve());
    going.goes();

    const other = createIndexedDbStore(name, page());
    await vi.waitFor(async () => expect(await other.outbox()).toHaveLength(1));
    going.comesBack();
    await stored;
    expect(await other.outbox()).toHaveLength(1);
  });

  it("is closed to a sign-out in another tab: the database is deleted at once", async () => {
    const name = newName();
    const going = page();
    await createIndexedDbStore(name, going).putOutbox(waiting(1));
    going.goes();

    await createIndexedDbStore(name, page()).wipe();

    const left = (await indexedDB.databases()).map((database) => database.name);
    expect(left).not.toContain(name);
  });

  it("asks for nothing before it is awake for the first time", async () => {
    const going = page();
    going.goes();
    const store = createIndexedDbStore(newName(), going);
    const read = store.outbox();
    expect(await settledWithin(read)).toBe("waits");

    going.comesBack();
    expect(await read).toEqual([]);
  });
});

describe("a transaction of another connection that does not end", () => {
  it("is a store that does not answer, and is one that does once it has ended", async () => {
    const name = newName();
    const held = heldOpen();
    const working = createWakingDatabase(name, page(), () => {}).run(held.work);
    await vi.waitFor(() => expect(held.begun()).toBe(1));
    const soon = {
      now: () => Date.now(),
      after: (_: number, then: () => void) => {
        const timer = setTimeout(then, 20);
        return () => clearTimeout(timer);
      },
    };
    const store = withTimeLimit(createIndexedDbStore(name, page()), soon);

    const reason = await store.putOutbox(waiting(1)).catch((error: unknown) => error);
    expect(whyOf(reason)).toBe("silent");
    const wiping = await store.wipe().catch((error: unknown) => error);
    expect(whyOf(wiping)).toBe("silent");

    held.end();
    await working;
    await vi.waitFor(async () => expect(await store.outbox()).toEqual([]));
  });
});

function checked<T extends string>(isOne: (text: string) => text is T, text: string): T {
  if (!isOne(text)) throw new RangeError(`unable to use ${text} as an id; it is malformed`);
  return text;
}

const ADA = checked(isUserId, "00000000-0000-4000-8000-00000000000a");
const GRACE = checked(isUserId, "00000000-0000-4000-8000-00000000000b");

const waiting = (order: number): OutboxItem => ({
  kind: "message",
  conversation: directConversation(ADA, GRACE),
  id: checked(isEntryId, `entry-${String(order).padStart(6, "0")}`),
  body: { text: `text ${order}` },
  order,
  queuedAt: order,
  after: seqOf(0),
  state: { is: "waiting" },
});
