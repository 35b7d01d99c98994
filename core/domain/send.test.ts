import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import { directConversation } from "./conversation";
import type { Entry } from "./entry";
import type { ConversationId } from "./ids";
import { CONNECTION_MS, RATE_MESSAGES, RATE_WINDOW_MS, SEND_ENTRIES, TEXT_BYTES } from "./limits";
import type { Notice } from "./notice";
import { send, type SendRequest } from "./send";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;

const draft = (text = "hello", id: string = world.ids.entry()) =>
  ({ kind: "message", id, body: { text } }) as const;
const say = (seat: Seat, entries: SendRequest["entries"], rest: Partial<SendRequest> = {}) =>
  send(world, seat, { conversation, device: seat.device, after: 0, entries, ...rest });
const drafts = (count: number) => Array.from({ length: count }, (_, index) => draft(`message ${index}`));
const stored = () => world.log.entries(conversation);
const texts = (entries: readonly Entry[]) =>
  entries.map((entry) => entry.kind === "message" && entry.body.text);
const seqs = (notices: readonly Notice[]) =>
  notices.flatMap((notice) => (notice.is === "entries" ? notice.entries.map(({ seq }) => seq) : []));

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
});

describe("sending", () => {
  it("appends what was written, in its order, and answers with where it stands", async () => {
    const { appended, refusal } = await say(ada, [draft("one"), draft("two"), draft("three")]);

    expect(refusal).toBeUndefined();
    expect(appended).toEqual(stored());
    expect(texts(stored())).toEqual(["one", "two", "three"]);
    expect(stored().map((entry) => entry.tally[ada.user])).toEqual([1, 2, 3]);
  });

  it("takes the sender from the socket", async () => {
    await say(ada, [draft()]);

    expect(stored()[0]).toMatchObject({ from: ada.user, device: ada.device });
  });

  it("answers a batch that is sent again with the same places, in whatever order it comes", async () => {
    const batch = [draft("one"), draft("two"), draft("three")];
    const first = await say(ada, batch);

    const again = await say(ada, [...batch].reverse());

    expect(again.appended).toEqual([...first.appended].reverse());
    expect(stored()).toHaveLength(3);
  });

  it("appends the rest of a batch of which a part is in", async () => {
    const batch = drafts(3);
    await say(ada, batch.slice(0, 1));

    const { appended } = await say(ada, batch);

    expect(appended.map((entry) => entry.seq)).toEqual([1, 2, 3]);
  });

  it("composes the text, and measures what it has composed", async () => {
    await say(ada, [draft("e\u0301\r\n\u0000\ud800")]);

    expect(texts(stored())).toEqual(["\u00e9\n\ufffd"]);
  });
});

describe("telling", () => {
  it("reaches every device of both but the socket that wrote", async () => {
    const laptop = await world.anotherSeat(ada.person);
    const tablet = await world.anotherSeat(grace.person);
    const { appended } = await say(ada, drafts(3));

    expect(world.push.to(ada.connection)).toEqual([]);
    for (const seat of [laptop, grace, tablet]) {
      expect(world.push.to(seat.connection)).toEqual([{ is: "entries", entries: appended }]);
    }
  });

  it("reaches nobody else", async () => {
    const mallory = await world.seat("mallory");
    await say(ada, [draft()]);

    expect(world.push.to(mallory.connection)).toEqual([]);
  });

  it("reaches a device that became ready while the entry was written", async () => {
    const late = { ...grace, connection: world.ids.connection() };
    const log = Object.create(world.log, {
      append: {
        value: async (entry: Entry) => {
          const outcome = await world.log.append(entry);
          await world.connections.ready({ ...late, expiresAt: world.clock.now() + CONNECTION_MS });
          return outcome;
        },
      },
    });

    await send({ ...portsOf(world), log }, ada, {
      conversation,
      device: ada.device,
      after: 0,
      entries: [draft()],
    });

    expect(world.push.to(late.connection)).toHaveLength(1);
  });

  it("forgets a socket that is gone, and goes on with the others", async () => {
    const tablet = await world.anotherSeat(grace.person);
    world.push.close(grace.connection);

    await say(ada, drafts(2));

    expect(seqs(world.push.to(tablet.connection))).toEqual([1, 2]);
    const ready = await world.connections.readyOf(grace.user, world.clock.now());
    expect(ready.map(({ connection }) => connection)).toEqual([tablet.connection]);
  });

  it("keeps a socket of which nobody knows", async () => {
    world.push.fail(grace.connection);

    await say(ada, [draft()]);

    expect(await world.connections.readyOf(grace.user, world.clock.now())).toHaveLength(1);
  });

  it("is done again when an entry is sent again: the first attempt may have died before", async () => {
    const batch = drafts(1);
    await say(ada, batch);
    world.push.forget();

    await say(ada, batch);

    expect(seqs(world.push.to(grace.connection))).toEqual([1]);
  });

  it("is done for what is in when something fails behind it", async () => {
    let puts = 0;
    const log = Object.create(world.log, {
      append: {
        value: (entry: Entry) => {
          puts += 1;
          if (puts > 2) throw new Error("the table is on fire");
          return world.log.append(entry);
        },
      },
    });

    const sending = send({ ...portsOf(world), log }, ada, {
      conversation,
      device: ada.device,
      after: 0,
      entries: drafts(3),
    });

    await expect(sending).rejects.toThrow("on fire");
    expect(seqs(world.push.to(grace.connection))).toEqual([1, 2]);
  });
});

describe("refusing", () => {
  it.each([
    ["", "empty"],
    [" \n\u200b", "empty"],
    ["x".repeat(TEXT_BYTES + 1), "too-long"],
    ["€".repeat(TEXT_BYTES / 2), "too-long"],
  ] as const)("says why a text cannot be stored: %#", async (text, code) => {
    expect(await refusalOf(say(ada, [draft("fine"), draft(text)]))).toBe(code);
    expect(stored()).toEqual([]);
  });

  it("answers alike for a conversation that is not one's own, not there, or no name at all", async () => {
    const mallory = await world.seat("mallory");
    await say(ada, [draft()]);
    const nobody = directConversation(mallory.user, world.ids.user());

    for (const name of [
      conversation,
      nobody,
      "d",
      "",
      "r.room",
      `d.${mallory.user}.${mallory.user}`,
      "__proto__",
    ]) {
      expect(await refusalOf(say(mallory, [draft()], { conversation: name })), name).toBe(
        "unknown-conversation",
      );
    }
    expect(stored()).toHaveLength(1);
    expect(world.push.to(mallory.connection)).toEqual([]);
  });

  it("does not take a name whose members stand in the wrong order for the conversation", async () => {
    const [, first, second] = conversation.split(".");

    expect(await refusalOf(say(ada, [draft()], { conversation: `d.${second}.${first}` }))).toBe(
      "unknown-conversation",
    );
  });

  it.each(["short", "x".repeat(41), "with space", "päth/../x", ""])(
    "takes no entry id like %j",
    async (id) => {
      expect(await refusalOf(say(ada, [draft("hello", id)]))).toBe("bad-frame");
    },
  );

  it("takes no bad device, no id twice, none and not too many", async () => {
    const twice = draft();

    expect(await refusalOf(say(ada, [draft()], { device: "x" }))).toBe("bad-frame");
    expect(await refusalOf(say(ada, [twice, twice]))).toBe("bad-frame");
    expect(await refusalOf(say(ada, []))).toBe("bad-frame");
    expect(await refusalOf(say(ada, drafts(SEND_ENTRIES + 1)))).toBe("bad-frame");
    expect(stored()).toEqual([]);
  });

  it("keeps what went in before the conversation was closed, and says so", async () => {
    const batch = drafts(2);
    await say(ada, batch.slice(0, 1));
    const { kind: _, body: __, ...placed } = entryAt(0);
    await world.log.append({
      ...placed,
      kind: "closed",
      seq: (placed.seq + 1) as Entry["seq"],
      id: world.ids.entry(),
      from: grace.user,
      state: { is: "closed", by: [grace.user] },
    });

    const { appended, refusal } = await say(ada, batch);

    expect(refusal?.code).toBe("cannot-deliver");
    expect(appended.map((entry) => entry.seq)).toEqual([1]);
  });

  const entryAt = (index: number) => {
    const entry = stored()[index];
    if (entry?.kind !== "message") throw new Error(`no message at ${index}`);
    return entry;
  };
});

describe("a flood", () => {
  const flood = async (seat: Seat, count: number) => {
    for (let sent = 0; sent < count; sent += SEND_ENTRIES) {
      await say(seat, drafts(Math.min(SEND_ENTRIES, count - sent)), { after: stored().length });
    }
  };

  it("is slowed down at its limit, with the delay after which there is room", async () => {
    await flood(ada, RATE_MESSAGES - 1);
    world.clock.advance(4_000);

    const { appended, refusal } = await say(ada, drafts(3), { after: RATE_MESSAGES - 1 });

    expect(appended).toHaveLength(1);
    expect(refusal).toMatchObject({ code: "slow-down", delayMs: RATE_WINDOW_MS - 4_000 });
    expect(stored()).toHaveLength(RATE_MESSAGES);
  });

  it("may go on after the delay", async () => {
    await flood(ada, RATE_MESSAGES);
    expect(await refusalOf(say(ada, drafts(1), { after: RATE_MESSAGES }))).toBe("slow-down");
    world.clock.advance(RATE_WINDOW_MS - 1);
    expect(await refusalOf(say(ada, drafts(1), { after: RATE_MESSAGES }))).toBe("slow-down");
    world.clock.advance(1);

    expect(await say(ada, drafts(1), { after: RATE_MESSAGES })).toMatchObject({ appended: [{ seq: 61 }] });
  });

  it("of one does not slow the other down", async () => {
    await flood(ada, RATE_MESSAGES);

    const { refusal } = await say(grace, drafts(SEND_ENTRIES), { after: RATE_MESSAGES });

    expect(refusal).toBeUndefined();
  });

  it("is counted however many attempts write at once", async () => {
    await flood(ada, RATE_MESSAGES - 10);
    const attempts = Array.from({ length: 4 }, () =>
      say(ada, drafts(5), { after: RATE_MESSAGES - 10 }).catch(() => undefined),
    );

    await Promise.all(attempts);

    expect(stored()).toHaveLength(RATE_MESSAGES);
  });

  it("of one is counted through all that the other writes in between", async () => {
    for (let turn = 0; turn < RATE_MESSAGES; turn += 1)
      for (const seat of [ada, grace]) await say(seat, drafts(1), { after: stored().length });

    expect(await refusalOf(say(ada, drafts(1), { after: stored().length }))).toBe("slow-down");
    expect(await refusalOf(say(grace, drafts(1), { after: stored().length }))).toBe("slow-down");
  });

  it("leaves nothing in the entries of people who write now and then", async () => {
    for (const seat of [ada, grace, ada]) {
      await say(seat, drafts(1), { after: stored().length });
      world.clock.advance(RATE_WINDOW_MS);
    }

    expect(stored().map(({ paces }) => paces)).toEqual([undefined, undefined, undefined]);
  });

  it("does not keep what is in from being acknowledged", async () => {
    const batch = drafts(1);
    await say(ada, batch);
    await flood(ada, RATE_MESSAGES - 1);

    expect(await say(ada, batch)).toMatchObject({ appended: [{ seq: 1 }] });
  });
});

const portsOf = ({ log, inbox, connections, watches, people, push, clock, pace }: MemoryWorld) => ({
  log,
  inbox,
  connections,
  watches,
  people,
  push,
  clock,
  pace,
});
