import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import { applyToTarget } from "./apply-to-target";
import type { RawDraft } from "./check-draft";
import type { Amendment, Entry } from "./entry";
import { history } from "./history";
import { seqOf, type ConversationId } from "./ids";
import {
  EDIT_WITHIN_MS,
  HISTORY_VERSIONS,
  MESSAGE_EDITS,
  RATE_MESSAGES,
  RATE_WINDOW_MS,
  TEXT_BYTES,
} from "./limits";
import { send } from "./send";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;

type Without<T> = T extends unknown ? Omit<T, "id"> : never;
const say = (seat: Seat, ...drafts: readonly (Without<RawDraft> & { id?: string })[]) =>
  send(world, seat, {
    conversation,
    device: seat.device,
    after: world.log.entries(conversation).length,
    entries: drafts.map((draft) => ({ id: world.ids.entry(), ...draft })),
  });
const text = (text: string) => ({ kind: "message", body: { text } }) as const;
const edit = (target: number, text: string) => ({ kind: "edit", target, body: { text } }) as const;
const remove = (target: number) => ({ kind: "delete", target }) as const;
const react = (target: number, emoji?: string) =>
  ({ kind: "reaction", target, ...(emoji === undefined ? {} : { emoji }) }) as const;
const at = (seq: number): Entry | undefined => world.log.entries(conversation)[seq - 1];

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
  await say(ada, text("one"));
});

describe("an edit", () => {
  it("has a slot of its own, changes the message and is pushed as itself", async () => {
    await say(ada, edit(1, "two"));

    expect(at(2)).toMatchObject({ kind: "edit", target: 1, body: { text: "two" }, from: ada.user });
    expect(at(1)).toMatchObject({ body: { text: "two" }, original: { text: "one" }, edits: [2] });
    expect(JSON.stringify(world.push.to(grace.connection).at(-1))).toContain(JSON.stringify(at(2)));
  });

  it("counts for nobody's tally, so unread stays a number of messages", async () => {
    await say(ada, edit(1, "two"), react(1, "👍"), remove(1));

    expect(at(4)?.tally).toEqual({ [ada.user]: 1 });
  });

  it("is as particular about its text as a message", async () => {
    expect(await refusalOf(say(ada, edit(1, "  ")))).toBe("empty");
    expect(await refusalOf(say(ada, edit(1, "x".repeat(TEXT_BYTES + 1))))).toBe("too-long");
  });

  it("is the author's alone, for a day, a hundred times", async () => {
    expect(await refusalOf(say(grace, edit(1, "forged")))).toBe("not-yours");

    for (let count = 0; count < MESSAGE_EDITS; count += 1) {
      if (count % 50 === 49) world.clock.advance(RATE_WINDOW_MS);
      await say(ada, edit(1, `edit ${count}`));
    }
    world.clock.advance(RATE_WINDOW_MS);
    expect(await refusalOf(say(ada, edit(1, "one more")))).toBe("cannot-edit");

    await say(ada, text("another"));
    const { seq } = world.log.entries(conversation).at(-1)!;
    world.clock.advance(EDIT_WITHIN_MS);
    expect(await say(ada, edit(seq, "just in time"))).toMatchObject({ appended: [{ kind: "edit" }] });
    world.clock.advance(1);
    expect(await refusalOf(say(ada, edit(seq, "too late")))).toBe("cannot-edit");
  });

  it("that is sent again is in once, and its message is changed again if the first attempt broke off", async () => {
    const draft = { ...edit(1, "two"), id: world.ids.entry() };
    const broken = Object.create(world.log, { amend: { value: () => Promise.reject(new Error("killed")) } });
    const request = { conversation, device: ada.device, after: 1, entries: [draft as RawDraft] };
    await expect(send({ ...portsOf(world), log: broken }, ada, request)).rejects.toThrow("killed");
    expect(at(1)).toMatchObject({ body: { text: "one" } });

    await send(world, ada, request);

    expect(at(1)).toMatchObject({ body: { text: "two" }, edits: [2] });
    expect(world.log.entries(conversation)).toHaveLength(2);
  });
});

describe("a delete", () => {
  it("leaves no text anywhere: not in the message, its original or its edits", async () => {
    await say(ada, edit(1, "two"), edit(1, "three"), react(1, "❤️"));

    await say(ada, remove(1));

    expect(JSON.stringify(world.log.entries(conversation))).not.toMatch(/"(one|two|three)"/);
    expect(at(1)).toMatchObject({ kind: "erased", was: "message", from: ada.user, tally: { [ada.user]: 1 } });
    expect([at(2), at(3)]).toMatchObject([
      { kind: "erased", was: "edit" },
      { kind: "erased", was: "edit" },
    ]);
  });

  it("is the author's alone, at any time", async () => {
    expect(await refusalOf(say(grace, remove(1)))).toBe("not-yours");

    world.clock.advance(1_000 * EDIT_WITHIN_MS);
    expect(await say(ada, remove(1))).toMatchObject({ appended: [{ kind: "delete" }] });
  });

  it("is the end: nothing changes the message any more", async () => {
    await say(ada, remove(1));

    for (const late of [edit(1, "again"), remove(1), react(1, "👍")])
      expect(await refusalOf(say(ada, late))).toBe("deleted");
    expect(world.log.entries(conversation)).toHaveLength(2);
  });

  it("that an edit did not see leaves no text in that edit either, pushed or stored", async () => {
    // 1  the edit is checked   2  the delete takes its slot   3  the edit is checked again and takes the next
    // 4  the delete changes the message   5  the edit finds it deleted
    let gone: Entry | undefined;
    const log = Object.create(world.log, {
      append: {
        value: async (entry: Entry) => {
          if (gone || entry.kind !== "edit") return world.log.append(entry);
          const { body: _, ...placed } = entry;
          gone = { ...placed, kind: "delete", id: world.ids.entry() };
          await world.log.append(gone);
          return "taken";
        },
      },
      amend: {
        value: async (by: Amendment) => {
          if (gone) await applyToTarget(world, gone);
          return world.log.amend(by);
        },
      },
    });
    const request = { conversation, device: ada.device, after: 1 };

    const entries = [{ ...edit(1, "two late"), id: world.ids.entry() } as RawDraft];
    await send({ ...portsOf(world), log }, ada, { ...request, entries });

    expect(JSON.stringify(world.log.entries(conversation))).not.toContain("two late");
    expect(JSON.stringify(world.push.to(grace.connection))).not.toContain("two late");
    expect(at(3)).toMatchObject({ kind: "erased", was: "edit" });
  });
});

describe("a reaction", () => {
  it("is one a person, on anybody's message, and can be taken away", async () => {
    await say(grace, react(1, "👍"));
    await say(ada, react(1, "😂"));
    await say(grace, react(1, "❤"));
    await say(ada, react(1));

    expect(at(1)).toMatchObject({
      reactions: { [grace.user]: { seq: 4, emoji: "❤️" }, [ada.user]: { seq: 5 } },
    });
  });

  it.each(["", "x", "👍👍", "<b>", "👍 ", "1", "👩‍🔬".repeat(9)])("is one emoji, and not %j", async (emoji) => {
    const trimmed = emoji.trim() !== emoji;

    expect(await refusalOf(say(ada, react(1, emoji)))).toBe(trimmed ? "not refused" : "bad-emoji");
  });
});

describe("what is pointed at", () => {
  it("is a message of this conversation that is there", async () => {
    await say(ada, edit(1, "two"));

    for (const target of [0, 2, 3, 99]) {
      for (const draft of [edit(target, "x"), remove(target), react(target, "👍")])
        expect(await refusalOf(say(ada, draft)), `${draft.kind} of ${target}`).toBe("unknown-entry");
    }
  });

  it("may have been written a moment ago, in the same frame", async () => {
    const { appended } = await say(ada, text("new"), edit(2, "newer"), react(2, "👍"));

    expect(appended).toHaveLength(3);
    expect(at(2)).toMatchObject({ body: { text: "newer" }, reactions: { [ada.user]: { seq: 4 } } });
  });

  it("has expired: then there is nothing to change", async () => {
    world.log.expireAll(conversation);

    expect(await applyToTarget(world, { ...placedEdit(), target: seqOf(1) })).toMatchObject({ kind: "edit" });
    expect(world.log.entries(conversation)).toEqual([]);
  });

  const placedEdit = () => {
    const { id, device, user } = { ...ada, id: world.ids.entry() };
    const place = { conversation, seq: seqOf(9), id, from: user, device, at: 1, tally: {}, bumpedAt: 1 };
    return { ...place, state: { is: "open" }, kind: "edit", body: { text: "x" } } as const;
  };
});

describe("the rate limit", () => {
  it("counts entries of every kind", async () => {
    for (let count = 1; count < RATE_MESSAGES; count += 1) await say(ada, react(1, count % 2 ? "👍" : "❤️"));

    expect(await refusalOf(say(ada, react(1, "😂")))).toBe("slow-down");
  });
});

describe("the history of a message", () => {
  const ask = (seat: Seat, rest: object = {}) => history(world, seat, { conversation, seq: 1, ...rest });

  it("is all that it has said, the newest first", async () => {
    expect(await ask(grace)).toMatchObject({ versions: [{ seq: 1, text: "one" }], more: false });
    await say(ada, edit(1, "two"), text("between"), edit(1, "three"));

    expect((await ask(grace)).versions.map(({ seq, text }) => [seq, text])).toEqual([
      [4, "three"],
      [2, "two"],
      [1, "one"],
    ]);
  });

  it("comes in pages", async () => {
    for (let count = 0; count < HISTORY_VERSIONS + 4; count += 1) await say(ada, edit(1, `edit ${count}`));

    const first = await ask(ada);
    const second = await ask(ada, { below: first.versions.at(-1)?.seq });

    expect(first).toMatchObject({ more: true, versions: { length: HISTORY_VERSIONS } });
    expect(second.more).toBe(false);
    expect(second.versions.at(-1)).toMatchObject({ text: "one" });
    expect(first.versions.length + second.versions.length).toBe(HISTORY_VERSIONS + 5);
  });

  it("is for members, of what is a message and was not deleted", async () => {
    const mallory = await world.seat("mallory");
    await say(ada, edit(1, "two"));

    expect(await refusalOf(ask(mallory))).toBe("unknown-conversation");
    expect(await refusalOf(ask(ada, { seq: 2 }))).toBe("unknown-entry");
    expect(await refusalOf(ask(ada, { seq: 7 }))).toBe("unknown-entry");
    await say(ada, remove(1));
    expect(await refusalOf(ask(ada))).toBe("deleted");
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
