import { beforeEach, describe, expect, it } from "vitest";
import { messageEntry } from "../testing/entries";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import { append } from "./append";
import type { Draft } from "./entry";
import { NO_SEQ, seqOf, type ConversationId, type EntryId, type Seq } from "./ids";
import { BUMP_EVERY_MS, FLOOR_HEADROOM, STALE_ENTRIES } from "./limits";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;

const message = (id: EntryId, text = "hello"): Draft => ({ kind: "message", id, body: { text } });
const write = (from: Seat, after: Seq, draft: Draft = message(world.ids.entry())) =>
  append(world, { conversation, from: from.user, device: from.device, after, draft });
const rowOf = (seat: Seat) => world.inbox.peek(seat.user, conversation);

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
});

describe("the first entry", () => {
  it("stands at 1 and carries the running state", async () => {
    const id = world.ids.entry();

    const { entry } = await write(ada, NO_SEQ, message(id));

    expect(entry).toEqual({
      kind: "message",
      conversation,
      seq: 1,
      id,
      from: ada.user,
      device: ada.device,
      body: { text: "hello" },
      at: world.clock.now(),
      tally: { [ada.user]: 1 },
      state: { is: "open" },
      bumpedAt: 0,
    });
    expect(world.log.entries(conversation)).toEqual([entry]);
  });

  it("gives the other a row, and both a floor", async () => {
    expect(rowOf(grace)).toBeUndefined();

    await write(ada, NO_SEQ);

    const floor = 1 + FLOOR_HEADROOM;
    expect(rowOf(ada)).toMatchObject({ activeAt: world.clock.now(), floor });
    expect(rowOf(grace)).toMatchObject({ activeAt: world.clock.now(), floor });
  });

  it("is refused to someone who has not opened the conversation", async () => {
    expect(await refusalOf(write(grace, NO_SEQ))).toBe("unknown-conversation");
    expect(world.log.entries(conversation)).toEqual([]);
  });

  it("raises the floor again when it is sent again, for the first attempt may not have come so far", async () => {
    const draft = message(world.ids.entry());
    await write(ada, NO_SEQ, draft);
    world.inbox.lose(grace.user, conversation);

    await write(ada, NO_SEQ, draft);

    expect(rowOf(grace)?.floor).toBe(1 + FLOOR_HEADROOM);
  });
});

describe("the entries behind it", () => {
  it("go on from the last one, whoever writes", async () => {
    await write(ada, NO_SEQ);
    await write(grace, seqOf(1));
    const { entry } = await write(ada, seqOf(2));

    expect(entry).toMatchObject({ seq: 3, tally: { [ada.user]: 2, [grace.user]: 1 }, state: { is: "open" } });
  });

  it("are found again under their id, however often they are sent, and nothing is written", async () => {
    const draft = message(world.ids.entry());
    const first = await write(ada, NO_SEQ, draft);
    await write(grace, NO_SEQ);

    const again = await write(ada, NO_SEQ, message(draft.id, "another text"));

    expect(again.entry).toEqual(first.entry);
    expect(world.log.entries(conversation)).toHaveLength(2);
  });

  it("are their sender's own: the other may use the same id", async () => {
    const draft = message(world.ids.entry());
    await write(ada, NO_SEQ, draft);

    expect((await write(grace, NO_SEQ, draft)).entry.seq).toBe(2);
  });

  it("bump the rows when the last bump is old, before they are in, and not sooner", async () => {
    await write(ada, NO_SEQ);
    const second = await write(ada, seqOf(1));
    const bumpedAt = world.clock.now();
    expect(second.entry.bumpedAt).toBe(bumpedAt);

    world.clock.advance(BUMP_EVERY_MS - 1);
    expect((await write(ada, seqOf(2))).entry.bumpedAt).toBe(bumpedAt);
    expect(rowOf(grace)).toMatchObject({ activeAt: bumpedAt, floor: 1 + FLOOR_HEADROOM });

    world.clock.advance(1);
    expect((await write(ada, seqOf(3))).entry.bumpedAt).toBe(world.clock.now());
    expect(rowOf(grace)).toMatchObject({ activeAt: world.clock.now(), floor: 3 + FLOOR_HEADROOM });
  });

  it("need one put each, and one read", async () => {
    await write(ada, NO_SEQ);
    await write(ada, seqOf(1));
    const { log, calls } = counting(world);

    const draft = message(world.ids.entry());
    await append(
      { ...world, log, clock: world.clock, inbox: world.inbox },
      { conversation, from: ada.user, device: ada.device, after: seqOf(2), draft },
    );

    expect(calls).toEqual(["readFrom", "append"]);
  });
});

describe("a device that is not up to date", () => {
  const fill = async (count: number) => {
    for (let seq = 1; seq <= count; seq += 1) {
      await world.log.append(
        messageEntry({ ...ada, conversation, seq, id: world.ids.entry(), from: ada.user }),
      );
    }
  };

  it("may be five hundred entries behind and no more", async () => {
    await fill(STALE_ENTRIES + 1);

    expect(await refusalOf(write(ada, NO_SEQ))).toBe("stale");
    expect((await write(ada, seqOf(1))).entry.seq).toBe(STALE_ENTRIES + 2);
  });

  it("cannot claim more than there is", async () => {
    expect(await refusalOf(write(ada, seqOf(1)))).toBe("stale");
    await fill(3);

    expect(await refusalOf(write(ada, seqOf(4)))).toBe("stale");
    expect((await write(ada, seqOf(3))).entry.seq).toBe(4);
  });

  it("cannot vouch for a part of the log that has expired", async () => {
    const entries = [1, 2, 3, 4].map((seq) =>
      messageEntry({ ...ada, conversation, seq, id: world.ids.entry(), from: ada.user }),
    );
    const past = Math.floor(world.clock.now() / 1_000) - 1;
    for (const entry of entries) {
      await world.log.append(entry.seq < 3 ? { ...entry, expiresAtSeconds: past } : entry);
    }

    expect(await refusalOf(write(ada, NO_SEQ))).toBe("stale");
    expect(await refusalOf(write(ada, seqOf(1)))).toBe("stale");
    expect((await write(ada, seqOf(2))).entry.seq).toBe(5);
  });
});

describe("when every entry has expired", () => {
  beforeEach(async () => {
    await write(ada, NO_SEQ);
    await write(grace, seqOf(1));
    world.log.expireAll(conversation);
  });

  it("no seq is used twice, and the floor rises on", async () => {
    const { entry } = await write(ada, seqOf(2));

    expect(entry.seq).toBe(2 + FLOOR_HEADROOM);
    expect(rowOf(grace)?.floor).toBe(2 + 2 * FLOOR_HEADROOM);
  });

  it("both go on from the higher floor, when a bump was broken off between their rows", async () => {
    await world.inbox.bump(conversation, [ada.user], world.clock.now(), seqOf(5 * FLOOR_HEADROOM));

    expect((await write(grace, NO_SEQ)).entry.seq).toBe(5 * FLOOR_HEADROOM + 1);
  });

  it("the tally goes on from what was read, so unread stays a difference", async () => {
    await world.inbox.raise(grace.user, conversation, {
      delivered: seqOf(2),
      read: { seq: seqOf(2), tally: { [ada.user]: 1, [grace.user]: 1 } },
    });

    const { entry } = await write(ada, seqOf(2));

    expect(entry.tally).toEqual({ [ada.user]: 2, [grace.user]: 1 });
  });

  it("an expired entry that is not deleted yet counts for nothing", async () => {
    const late = messageEntry({ ...ada, conversation, seq: 1, id: world.ids.entry(), from: ada.user });
    await world.log.append({ ...late, expiresAtSeconds: Math.floor(world.clock.now() / 1_000) });

    expect((await write(ada, NO_SEQ)).entry.seq).toBe(2 + FLOOR_HEADROOM);
  });
});

describe("a closed conversation", () => {
  const closed = () => ({ kind: "closed", id: world.ids.entry() }) as const;
  const opened = () => ({ kind: "opened", id: world.ids.entry() }) as const;

  it("takes no message, from nobody, until it is opened again", async () => {
    await write(ada, NO_SEQ);
    await write(ada, seqOf(1), closed());

    expect(await refusalOf(write(ada, seqOf(2)))).toBe("cannot-deliver");
    expect(await refusalOf(write(grace, seqOf(2)))).toBe("cannot-deliver");
    expect(await refusalOf(write(grace, seqOf(2), opened()))).toBe("cannot-deliver");
    expect((await write(ada, seqOf(2), opened())).entry).toMatchObject({ seq: 3, tally: { [ada.user]: 1 } });
    expect((await write(grace, seqOf(3))).entry.seq).toBe(4);
  });

  it("still answers for what was in before", async () => {
    const draft = message(world.ids.entry());
    await write(ada, NO_SEQ, draft);
    await write(grace, seqOf(1), closed());

    expect((await write(ada, NO_SEQ, draft)).entry.seq).toBe(1);
  });
});

function counting({ log }: MemoryWorld) {
  const calls: string[] = [];
  const counted = new Proxy(log, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return (...args: unknown[]) => {
        calls.push(String(name));
        return Reflect.apply(method, target, args);
      };
    },
  });
  return { log: counted, calls };
}
