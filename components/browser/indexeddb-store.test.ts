import "fake-indexeddb/auto";
import { forceCloseDatabase } from "fake-indexeddb";
import { describe, expect, it, vi } from "vitest";
import { clientStoreContract } from "../../core/client/client-store.contract";
import type { StoredConversation, StoredEntry } from "../../core/client/ports/store";
import { directConversation } from "../../core/domain/conversation";
import { isDeviceId, isEntryId, isHandle, isUserId, seqOf } from "../../core/domain/ids";
import type { Surroundings } from "../../core/client/ports/surroundings";
import { createIndexedDbStore } from "./indexeddb-store";

let databases = 0;
const names = new WeakMap<object, string>();
const AWAKE = { awake: () => true, subscribe: () => () => {} };
const open = async (
  name = `test-${databases++}`,
  page: Pick<Surroundings, "awake" | "subscribe"> = AWAKE,
) => {
  const store = createIndexedDbStore(name, page);
  names.set(store, name);
  return store;
};

clientStoreContract("the IndexedDB store", {
  open: () => open(),
  reopen: (store) => open(names.get(store)),
});

describe("two tabs on one IndexedDB store", () => {
  it("do not take back what the other has read further", async () => {
    const [one, other] = await twoTabs();
    await one.saveLog({ conversation: talk(1, 3), entries: entries(1, 3), settled: [] });
    await one.saveLog({
      conversation: { ...talk(1, 5), mine: { delivered: seqOf(5), read: seqOf(5) } },
      entries: entries(4, 5),
      settled: [],
    });

    await other.saveLog({ conversation: talk(1, 4), entries: entries(4, 4), settled: [] });

    expect(await other.conversations()).toMatchObject([
      { from: 1, cursor: 5, tail: 5, mine: { delivered: 5, read: 5 } },
    ]);
  });

  it("claim no log that the other has thrown away", async () => {
    const [one, other] = await twoTabs();
    await one.saveLog({ conversation: talk(1, 10), entries: entries(1, 10), settled: [] });
    await other.saveLog({
      conversation: talk(8, 12),
      entries: entries(8, 12),
      settled: [],
      replaceLog: true,
    });

    await one.saveLog({ conversation: talk(1, 11), entries: entries(11, 11), settled: [] });

    expect(await one.conversations()).toMatchObject([{ from: 8, cursor: 12 }]);
  });

  it("keep the log that reaches further when theirs do not touch", async () => {
    const [one, other] = await twoTabs();
    await one.saveLog({ conversation: talk(1, 10), entries: entries(1, 10), settled: [] });
    await other.saveLog({
      conversation: talk(500, 502),
      entries: entries(500, 502),
      settled: [],
      replaceLog: true,
    });

    await one.saveLog({ conversation: talk(1, 11), entries: entries(11, 11), settled: [] });

    expect(await one.conversations()).toMatchObject([{ from: 500, cursor: 502, tail: 502 }]);
    expect((await one.entriesBefore(TALK, seqOf(999), 9)).map((entry) => entry.seq)).toEqual([500, 501, 502]);
  });

  it("both write at once and leave one stretch", async () => {
    const [one, other] = await twoTabs();
    const receive = async (tab: typeof one) => {
      for (let seq = 1; seq <= 20; seq++)
        await tab.saveLog({ conversation: talk(1, seq), entries: entries(seq, seq), settled: [] });
    };
    await Promise.all([receive(one), receive(other)]);

    expect(await one.conversations()).toMatchObject([{ from: 1, cursor: 20 }]);
    expect(await other.entriesBefore(TALK, seqOf(99), 99)).toHaveLength(20);
  });
});

describe("a browser that refuses to store", () => {
  it("is told to the caller, and asked again the next time", async () => {
    const working = indexedDB.open.bind(indexedDB);
    const store = createIndexedDbStore("refused", AWAKE);
    indexedDB.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
    await expect(store.me()).rejects.toThrow("unable to open the store of this device");

    indexedDB.open = working;
    expect(await store.me()).toBeUndefined();
  });
});

async function twoTabs() {
  const name = `tabs-${databases++}`;
  return Promise.all([open(name), open(name)] as const);
}

function checked<T extends string>(isOne: (text: string) => text is T, text: string): T {
  if (!isOne(text)) throw new RangeError(`unable to use ${text} as an id; it is not one`);
  return text;
}

describe("an IndexedDB store that the browser takes away", () => {
  it("says so, and is opened anew by whoever asks next", async () => {
    const opening = vi.spyOn(indexedDB, "open");
    const store = await open();
    const purged = vi.fn();
    store.whenPurged?.(purged);
    await store.saveLog({ conversation: talk(1, 3), entries: entries(1, 3), settled: [] });

    const request = opening.mock.results[0]?.value as IDBOpenDBRequest;
    // Its declaration names the class where the function takes what the class makes.
    forceCloseDatabase(request.result as unknown as Parameters<typeof forceCloseDatabase>[0]);
    await vi.waitFor(() => expect(purged).toHaveBeenCalledOnce(), 60_000);

    await store.saveLog({ conversation: talk(1, 4), entries: entries(1, 4), settled: [], replaceLog: true });
    expect(await store.conversations()).toMatchObject([{ from: 1, cursor: 4 }]);
  });

  it("says nothing of it where another tab signs out", async () => {
    const [one, other] = await twoTabs();
    const purged = vi.fn();
    one.whenPurged?.(purged);
    await one.saveLog({ conversation: talk(1, 3), entries: entries(1, 3), settled: [] });

    await other.wipe();

    expect(await one.conversations()).toEqual([]);
    expect(purged).not.toHaveBeenCalled();
  });
});

const ADA = checked(isUserId, "00000000-0000-4000-8000-00000000000a");
const GRACE = checked(isUserId, "00000000-0000-4000-8000-00000000000b");
const TALK = directConversation(ADA, GRACE);

const talk = (from: number, cursor: number): StoredConversation => ({
  conversation: TALK,
  peer: { user: GRACE, name: "Grace", handle: checked(isHandle, "grace") },
  activeAt: 1_000,
  from: seqOf(from),
  cursor: seqOf(cursor),
  tail: seqOf(cursor),
  floor: seqOf(0),
  mine: { delivered: seqOf(0), read: seqOf(0) },
  theirs: { delivered: seqOf(0), read: seqOf(0) },
  tallyAtRead: {},
  tallyAtTail: { [ADA]: cursor },
});

const entries = (first: number, last: number): StoredEntry[] =>
  Array.from({ length: last - first + 1 }, (_, index) => ({
    kind: "message",
    id: checked(isEntryId, `entry-${String(first + index).padStart(6, "0")}`),
    body: { text: `text ${first + index}` },
    conversation: TALK,
    seq: seqOf(first + index),
    from: ADA,
    device: checked(isDeviceId, "device-of-ada"),
    at: 1_000,
    tally: { [ADA]: first + index },
    state: { is: "open" },
  }));
