import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import type { RawDraft } from "./check-draft";
import { hello } from "./hello";
import type { ConversationId } from "./ids";
import { inbox } from "./inbox";
import { leave } from "./leave";
import { mark } from "./mark";
import { open } from "./open";
import { send } from "./send";
import { typing } from "./typing";
import { watch } from "./watch";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;

const say = (seat: Seat, entry: { kind: RawDraft["kind"]; [field: string]: unknown }) =>
  send(world, seat, {
    conversation,
    device: seat.device,
    after: world.log.entries(conversation).length,
    entries: [{ id: world.ids.entry(), ...entry } as RawDraft],
  });
const message = { kind: "message", body: { text: "hello" } } as const;
const close = (seat: Seat) => say(seat, { kind: "closed" });
const reopen = (seat: Seat) => say(seat, { kind: "opened" });
const kinds = () => world.log.entries(conversation).map(({ kind }) => kind);

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
});

describe("a block", () => {
  beforeEach(async () => {
    await say(ada, message);
    await say(grace, message);
  });

  it("lets nothing land behind it, of nobody and of no kind", async () => {
    await close(grace);

    for (const seat of [ada, grace])
      for (const entry of [
        message,
        { kind: "edit", target: seat === ada ? 1 : 2, body: { text: "x" } },
        { kind: "delete", target: seat === ada ? 1 : 2 },
        { kind: "reaction", target: 1, emoji: "👍" },
      ] as const)
        expect(await refusalOf(say(seat, entry)), entry.kind).toBe("cannot-deliver");
    expect(kinds()).toEqual(["message", "message", "closed"]);
  });

  it("is taken back by who made it, and by nobody else", async () => {
    await close(grace);

    expect(await refusalOf(reopen(ada))).toBe("cannot-deliver");
    await reopen(grace);
    await say(ada, message);

    expect(kinds()).toEqual(["message", "message", "closed", "opened", "message"]);
  });

  it("of both holds until both have taken it back", async () => {
    await close(grace);
    await close(ada);
    expect(await refusalOf(close(ada))).toBe("cannot-deliver");

    await reopen(grace);
    expect(await refusalOf(say(ada, message))).toBe("cannot-deliver");
    await reopen(ada);

    expect(await say(grace, message)).toMatchObject({ appended: [{ state: { is: "open" } }] });
  });

  it("ends what each hears of the other's coming and going", async () => {
    await watch(world, ada, { conversation });
    await watch(world, grace, { conversation });
    await close(grace);
    world.push.forget();

    await leave(world, grace);
    await hello(world, { ...grace, connection: world.ids.connection() }, { device: grace.device });
    await leave(world, ada);

    expect(world.push.to(ada.connection)).toEqual([]);
    expect(world.push.to(grace.connection)).toEqual([]);
  });

  it("finds the watch that is stored while it is made, or that watch finds it", async () => {
    const watches = Object.create(world.watches, {
      watch: {
        value: async (...of: Parameters<typeof world.watches.watch>) => {
          await close(grace);
          return world.watches.watch(...of);
        },
      },
    });

    const seen = await watch({ ...world, ...portsOf(world), watches }, ada, { conversation });

    expect(seen).toEqual({ user: grace.user, presence: { is: "offline" } });
    expect(await world.watches.watchersOf(grace.user, world.clock.now())).toEqual([]);
  });

  it("is crossed by no typing and no marks, pushed or listed", async () => {
    await close(grace);
    world.push.forget();

    await typing(world, ada, { conversation, typing: true });
    await mark(world, ada, { conversation, delivered: 3, read: 3 });
    await typing(world, grace, { conversation, typing: true });
    await mark(world, grace, { conversation, delivered: 3, read: 3 });

    expect(world.push.to(ada.connection)).toEqual([]);
    expect(world.push.to(grace.connection)).toEqual([]);
    for (const seat of [ada, grace]) {
      const { rows } = await inbox(world, seat);
      expect(rows).toMatchObject([{ theirs: { delivered: 0, read: 0 }, mine: { delivered: 3, read: 3 } }]);
    }
    await reopen(grace);
    expect((await inbox(world, ada)).rows).toMatchObject([{ theirs: { delivered: 3, read: 3 } }]);
  });

  it("is pushed to both, for both logs have it", async () => {
    world.push.forget();
    const laptop = await world.anotherSeat(grace.person);

    await close(grace);

    for (const seat of [ada, laptop])
      expect(JSON.stringify(world.push.to(seat.connection))).toContain('"kind":"closed"');
  });
});

describe("a block before the first word", () => {
  it("is heard of by nobody, and met by whoever then writes", async () => {
    await close(ada);

    expect(world.push.to(grace.connection)).toEqual([]);
    expect((await inbox(world, grace)).rows).toEqual([]);
    expect((await inbox(world, ada)).rows).toHaveLength(1);
    expect(await open(world, grace, { handle: "ada" })).toMatchObject({ conversation });
    expect(await refusalOf(say(grace, message))).toBe("cannot-deliver");
  });

  it("is told with the first word after it", async () => {
    await close(ada);
    await reopen(ada);
    await say(ada, message);

    expect((await inbox(world, grace)).rows).toHaveLength(1);
    expect(JSON.stringify(world.push.to(grace.connection))).toContain('"seq":3');
  });
});

const portsOf = ({ log, inbox: rows, connections, people, clock }: MemoryWorld) => ({
  log,
  inbox: rows,
  connections,
  people,
  clock,
});
