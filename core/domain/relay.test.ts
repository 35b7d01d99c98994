import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { append } from "./append";
import type { Emoji } from "./emoji";
import type { Draft, Entry } from "./entry";
import { NO_SEQ, seqOf, type ConversationId } from "./ids";
import { BUMP_EVERY_MS, CONNECTION_MS, SEND_ENTRIES } from "./limits";
import { relay } from "./relay";
import { send } from "./send";
import { watch } from "./watch";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;

type Without<T> = T extends unknown ? Omit<T, "id"> : never;

/** As far as a function comes that ends right after its put. */
async function crashed(seat: Seat, draft: Without<Draft>): Promise<Entry> {
  const { entry } = await append(world, {
    ...{ conversation, from: seat.user, device: seat.device },
    after: seqOf(world.log.entries(conversation).length),
    draft: { id: world.ids.entry(), ...draft },
  });
  return entry;
}
const THUMB = "👍" as Emoji;
const text = (text: string) => ({ kind: "message", body: { text } }) as const;
const at = (seq: number): Entry | undefined => world.log.entries(conversation)[seq - 1];
const stored = (seat: Seat, delivered: number) =>
  world.inbox.raise(seat.user, conversation, { delivered: seqOf(delivered) });
const toldTo = (seat: Seat) =>
  world.push.to(seat.connection).flatMap((notice) => (notice.is === "entries" ? notice.entries : []));

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
});

describe("the relay, behind a function that ended after its put,", () => {
  it("carries an edit, a delete and a reaction into their messages", async () => {
    for (const word of ["one", "two", "three"]) await crashed(ada, text(word));
    const entries = [
      await crashed(ada, { kind: "edit", target: seqOf(1), body: { text: "ONE" } }),
      await crashed(ada, { kind: "delete", target: seqOf(2) }),
      await crashed(grace, { kind: "reaction", target: seqOf(3), emoji: THUMB }),
    ];

    expect(await relay(world, entries)).toEqual([]);

    expect(at(1)).toMatchObject({ body: { text: "ONE" }, edits: [4] });
    expect(at(2)).toMatchObject({ kind: "erased" });
    expect(at(3)).toMatchObject({ reactions: { [grace.user]: { seq: 6, emoji: "👍" } } });
  });

  it("tells the devices of both, but the one that wrote it", async () => {
    const tablet = await world.anotherSeat(ada.person);
    const entry = await crashed(ada, text("hello"));

    await relay(world, [entry]);

    expect(toldTo(grace)).toEqual([entry]);
    expect(toldTo(tablet)).toEqual([entry]);
    expect(toldTo(ada)).toEqual([]);
  });

  it("tells a device whose name the other has put on what they wrote", async () => {
    await crashed(ada, text("hello"));
    const entry = await crashed({ ...grace, device: ada.device }, text("do not hear this"));

    await relay(world, [entry]);

    expect(toldTo(ada)).toEqual([entry]);
  });

  it("tells what the log says by now, and not what was written", async () => {
    const entry = await crashed(ada, text("a word too many"));
    await send(world, ada, {
      ...{ conversation, device: ada.device, after: 1 },
      entries: [{ kind: "delete", id: world.ids.entry(), target: 1 }],
    });
    world.push.forget();

    await relay(world, [entry]);

    expect(toldTo(grace)).toEqual([at(1)]);
    expect(JSON.stringify(toldTo(grace))).not.toContain("a word too many");
  });

  it("ends the watches across a block, unless it is open again", async () => {
    await crashed(ada, text("hello"));
    await watch(world, grace, { conversation });
    const closed = await crashed(ada, { kind: "closed" });

    await relay(world, [closed]);
    expect(await world.watches.watchersOf(ada.user, world.clock.now())).toEqual([]);

    await crashed(ada, { kind: "opened" });
    await watch(world, grace, { conversation });
    await relay(world, [closed]);
    expect(await world.watches.watchersOf(ada.user, world.clock.now())).toHaveLength(1);
  });

  it("raises the floor above a first entry", async () => {
    const bumps = Object.create(world.inbox, {
      bump: {
        value: async (...[name, members, now, floor]: Parameters<typeof world.inbox.bump>) => {
          if (floor > NO_SEQ) throw new Error("the function ends here");
          await world.inbox.bump(name, members, now, floor);
        },
      },
    });
    const first = { conversation, from: ada.user, device: ada.device, after: NO_SEQ };
    const draft = { ...text("hello"), id: world.ids.entry() };
    const { log, clock, pace } = world;
    await append({ log, inbox: bumps, clock, pace }, { ...first, draft }).catch(() => {});

    await relay(world, world.log.entries(conversation));

    expect((await world.inbox.row(grace.user, conversation))?.floor).toBeGreaterThan(1);
  });
});

describe("the relay, behind a send that went well,", () => {
  it("says nothing once a device of the other has it", async () => {
    const entry = await crashed(ada, text("hello"));
    await stored(grace, 1);

    await relay(world, [entry]);

    expect(toldTo(grace)).toEqual([]);
  });

  it("reads a row for each who was written to, and nothing else", async () => {
    const entries = [await crashed(ada, text("one")), await crashed(ada, text("two"))];
    await stored(grace, 2);
    const asked: string[] = [];
    const count = <T extends object>(name: string, port: T): T =>
      new Proxy(port, {
        get: (_, key) => {
          asked.push(`${name}.${String(key)}`);
          const value: unknown = Reflect.get(port, key);
          return typeof value === "function" ? value.bind(port) : value;
        },
      });
    const { clock, push, watches, people } = world;
    const log = count("log", world.log);
    const inbox = count("inbox", world.inbox);
    const connections = count("connections", world.connections);

    await relay({ log, inbox, connections, watches, people, push, clock }, entries);

    expect(asked).toEqual(["inbox.row"]);
  });

  it("costs no bump while the floor stands above it", async () => {
    await crashed(ada, text("one"));
    world.clock.advance(BUMP_EVERY_MS + 1);
    const entry = await crashed(ada, text("two"));
    const before = await world.inbox.row(grace.user, conversation);
    world.clock.advance(BUMP_EVERY_MS + 1);

    await relay(world, [entry]);

    expect(await world.inbox.row(grace.user, conversation)).toEqual(before);
  });

  it("does nothing a second time when a batch comes again", async () => {
    await crashed(ada, text("one"));
    const edits = [
      await crashed(ada, { kind: "edit", target: seqOf(1), body: { text: "two" } }),
      await crashed(ada, { kind: "edit", target: seqOf(1), body: { text: "three" } }),
    ];
    await relay(world, edits);
    const once = world.log.entries(conversation);

    await relay(world, [...edits].reverse());

    expect(world.log.entries(conversation)).toEqual(once);
  });
});

describe("what the relay tells", () => {
  it("begins where the other's devices end, and is no more than a send", async () => {
    const entries: Entry[] = [];
    for (let seq = 1; seq <= SEND_ENTRIES + 5; seq += 1) entries.push(await crashed(ada, text(`${seq}`)));
    await stored(grace, 2);

    await relay(world, entries.slice(0, 4));
    expect(toldTo(grace).map(({ seq }) => seq)).toEqual([3, 4]);

    world.push.forget();
    await relay(world, entries);
    expect(toldTo(grace).map(({ seq }) => seq)).toEqual(entries.slice(-SEND_ENTRIES).map(({ seq }) => seq));
  });

  it("does not reach who was blocked before the first word", async () => {
    const closed = await crashed(ada, { kind: "closed" });
    const tablet = await world.anotherSeat(ada.person);

    await relay(world, [closed]);

    expect(toldTo(grace)).toEqual([]);
    expect(toldTo(tablet)).toEqual([closed]);
  });

  it("does not reach a socket whose time is over, and forgets one that is gone", async () => {
    const tablet = await world.anotherSeat(grace.person);
    await world.connections.ready({ ...tablet, expiresAt: world.clock.now() });
    world.push.close(grace.connection);

    await relay(world, [await crashed(ada, text("hello"))]);

    expect(toldTo(tablet)).toEqual([]);
    const later = world.clock.now() - CONNECTION_MS;
    expect(await world.connections.readyOf(grace.user, later)).toEqual([
      expect.objectContaining({ connection: tablet.connection }),
    ]);
  });
});

describe("an entry that cannot be relayed", () => {
  it("is answered, and the others are relayed all the same", async () => {
    const eve = await world.seat("eve");
    await crashed(ada, text("one"));
    const poison = await crashed(ada, { kind: "edit", target: seqOf(1), body: { text: "two" } });
    const after = await crashed(ada, { kind: "reaction", target: seqOf(1), emoji: THUMB });
    conversation = await world.opened(eve, grace);
    const elsewhere = await crashed(eve, text("hello"));
    const log = Object.create(world.log, {
      amend: {
        value: async (entry: Parameters<typeof world.log.amend>[0]) => {
          if (entry.seq === poison.seq) throw new Error("poison");
          return world.log.amend(entry);
        },
      },
    });
    const { inbox, connections, watches, people, push, clock } = world;

    const stranded = await relay({ log, inbox, connections, watches, people, push, clock }, [
      ...[poison, after],
      elsewhere,
    ]);

    expect(stranded).toEqual([{ entry: poison, reason: new Error("poison") }]);
    expect(toldTo(grace)).toEqual(expect.arrayContaining([after, elsewhere]));
  });

  it("is named by the first of its conversation when the devices cannot be found", async () => {
    const entries = [await crashed(ada, text("one")), await crashed(ada, text("two"))];
    const connections = Object.create(world.connections, {
      readyOf: { value: () => Promise.reject(new Error("no database")) },
    });
    const { log, inbox, watches, people, push, clock } = world;

    const stranded = await relay({ log, inbox, connections, watches, people, push, clock }, entries);

    expect(stranded).toEqual([{ entry: entries[0], reason: new Error("no database") }]);
  });
});
