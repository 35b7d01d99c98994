import { beforeEach, describe, expect, it } from "vitest";
import { messageEntry } from "../testing/entries";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import { directConversation } from "./conversation";
import type { ConversationId } from "./ids";
import { seqOf } from "./ids";
import { PAGE_ENTRIES } from "./limits";
import { sync, type Page } from "./sync";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;

const after = (seq: number, seat = ada) => sync(world, seat, { conversation, after: seq });
const before = (seq: number, seat = ada) => sync(world, seat, { conversation, before: seq });
const range = ({ entries, tail, floor }: Page) => [entries[0]?.seq, entries.at(-1)?.seq, tail, floor];
const soon = () => Math.floor(world.clock.now() / 1_000) + 60;

async function fill(from: number, to: number, expiresAtSeconds?: number) {
  for (let seq = from; seq <= to; seq += 1) {
    const entry = messageEntry({ ...ada, conversation, seq, id: world.ids.entry(), from: ada.user });
    await world.log.append(expiresAtSeconds === undefined ? entry : { ...entry, expiresAtSeconds });
  }
}

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
});

describe("a page after a seq", () => {
  it("is what follows, up to the tail", async () => {
    await fill(1, 5);

    expect(range(await after(0))).toEqual([1, 5, 5, 0]);
    expect(range(await after(3))).toEqual([4, 5, 5, 0]);
    expect(range(await after(5))).toEqual([undefined, undefined, 5, 0]);
  });

  it("is a hundred entries, and says that there is more", async () => {
    await fill(1, PAGE_ENTRIES + 50);

    expect(range(await after(0))).toEqual([1, PAGE_ENTRIES, PAGE_ENTRIES + 50, 0]);
    expect(range(await after(PAGE_ENTRIES))).toEqual([
      PAGE_ENTRIES + 1,
      PAGE_ENTRIES + 50,
      PAGE_ENTRIES + 50,
      0,
    ]);
  });

  it("is empty above the log", async () => {
    await fill(1, 2);

    expect((await after(9)).entries).toEqual([]);
    expect((await after(9)).tail).toBe(2);
  });

  it("never leaves a gap, though a read may", async () => {
    await fill(1, 3);
    let reads = 0;
    const log = Object.create(world.log, {
      readFrom: {
        value: async (...reading: Parameters<typeof world.log.readFrom>) => {
          const entries = await world.log.readFrom(...reading);
          reads += 1;
          return reads === 1 ? entries.filter((entry) => entry.seq !== 2) : entries;
        },
      },
    });

    const page = await sync({ log, inbox: world.inbox, clock: world.clock }, ada, { conversation, after: 0 });

    expect(page.entries.map((entry) => entry.seq)).toEqual([1, 2, 3]);
  });

  it("takes a beginning that was missed once for a gap, and one that is missing for expired", async () => {
    await fill(4, 6);

    expect(range(await after(0))).toEqual([4, 6, 6, 3]);
  });
});

describe("one's own watermarks", () => {
  const mine = async (seat: Seat, more: { readonly marks?: true } = { marks: true }) =>
    (await sync(world, seat, { conversation, after: 3, ...more })).mine;

  beforeEach(async () => {
    await fill(1, 3);
    await world.inbox.open(grace.user, conversation, world.clock.now());
    const read = { seq: seqOf(1), tally: {} };
    await world.inbox.raise(grace.user, conversation, { delivered: seqOf(2), read });
  });

  it("come with a page that asks for them, as the server has them", async () => {
    expect(await mine(grace)).toEqual({ delivered: 2, read: 1 });
    expect(await mine(ada)).toEqual({ delivered: 0, read: 0 });
  });

  it("are not read for one that does not ask", async () => {
    const inbox = Object.create(world.inbox, { row: { value: () => Promise.reject(new Error("read")) } });

    const page = await sync({ ...world, inbox }, grace, { conversation, after: 3 });

    expect(page).not.toHaveProperty("mine");
  });

  it("do not tell a stranger that there is a conversation", async () => {
    const mallory = await world.seat("mallory");

    expect(await refusalOf(mine(mallory))).toBe("unknown-conversation");
  });
});

describe("a page before a seq", () => {
  it("is what stands below, the nearest, ascending", async () => {
    await fill(1, PAGE_ENTRIES + 50);

    expect(range(await before(PAGE_ENTRIES + 51))).toEqual([51, PAGE_ENTRIES + 50, PAGE_ENTRIES + 50, 0]);
    expect(range(await before(51))).toEqual([1, 50, PAGE_ENTRIES + 50, 0]);
    expect(range(await before(1))).toEqual([undefined, undefined, PAGE_ENTRIES + 50, 0]);
  });

  it("names the floor when it has come to the beginning of what there is", async () => {
    await fill(4, 6);

    expect(range(await before(6))).toEqual([4, 5, 6, 3]);
    expect(range(await before(4))).toEqual([undefined, undefined, 6, 3]);
  });
});

describe("what has expired", () => {
  it("is not shown, though it is still there, and what stood below it is gone too", async () => {
    await fill(1, 2);
    await fill(3, 4, soon());
    await fill(5, 6);
    world.clock.advance(60_000);

    expect(range(await after(0))).toEqual([5, 6, 6, 4]);
    expect(range(await before(7))).toEqual([5, 6, 6, 4]);
  });

  it("leaves an empty page that says where the log goes on", async () => {
    await fill(1, 2, soon());
    await world.inbox.bump(conversation, [ada.user, grace.user], world.clock.now(), seqOf(10_002));
    world.clock.advance(60_000);

    expect(range(await after(0))).toEqual([undefined, undefined, 10_002, 10_002]);
    expect(range(await before(2))).toEqual([undefined, undefined, 10_002, 10_002]);
  });
});

describe("who may read", () => {
  it("is a member, and one who has opened it though nothing is there", async () => {
    expect(range(await after(0))).toEqual([undefined, undefined, 0, 0]);
    expect(await refusalOf(after(0, grace))).toBe("unknown-conversation");
    await fill(1, 1);

    expect((await after(0, grace)).entries).toHaveLength(1);
  });

  it("is nobody else: the same answer as for what is not there", async () => {
    await fill(1, 3);
    const mallory = await world.seat("mallory");
    const absent = directConversation(mallory.user, world.ids.user());

    expect(await refusalOf(after(0, mallory))).toBe("unknown-conversation");
    expect(await refusalOf(before(9, mallory))).toBe("unknown-conversation");
    expect(await refusalOf(sync(world, mallory, { conversation: absent, after: 0 }))).toBe(
      "unknown-conversation",
    );
    expect(await refusalOf(sync(world, mallory, { conversation: "x", after: 0 }))).toBe(
      "unknown-conversation",
    );
  });
});
