import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import { append } from "./append";
import { NO_SEQ, type ConversationId } from "./ids";
import { unreadOf } from "./inbox-row";
import { mark } from "./mark";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;

const write = (seat: Seat, kind: "message" | "closed" = "message") => {
  const id = world.ids.entry();
  const draft = kind === "closed" ? ({ kind, id } as const) : ({ kind, id, body: { text: "x" } } as const);
  return append(world, { conversation, from: seat.user, device: seat.device, after: NO_SEQ, draft });
};
const say = (seat: Seat, delivered: number, read?: number) =>
  mark(world, seat, { conversation, delivered, read });
const rowOf = (seat: Seat) => world.inbox.peek(seat.user, conversation);
const marksOf = (seat: Seat, delivered: number, read: number) => [
  { is: "marks", conversation, user: seat.user, marks: { delivered, read } },
];

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
  for (const seat of [ada, ada, grace, ada]) await write(seat);
});

describe("marking", () => {
  it("raises the watermarks and tells the peer's devices and one's own others", async () => {
    const tablet = await world.anotherSeat(grace.person);

    await say(grace, 4, 2);

    expect(rowOf(grace)).toMatchObject({ delivered: 4, read: 2, tallyAtRead: { [ada.user]: 2 } });
    expect(world.push.to(ada.connection)).toEqual(marksOf(grace, 4, 2));
    expect(world.push.to(tablet.connection)).toEqual(marksOf(grace, 4, 2));
    expect(world.push.to(grace.connection)).toEqual([]);
  });

  it("never goes above the log", async () => {
    await say(grace, 999, 999);

    expect(rowOf(grace)).toMatchObject({
      delivered: 4,
      read: 4,
      tallyAtRead: { [ada.user]: 3, [grace.user]: 1 },
    });
  });

  it("never falls, and tells nobody when nothing rose", async () => {
    await say(grace, 4, 3);
    world.push.forget();

    await say(grace, 2, 1);
    await say(grace, 4);
    await say(grace, 4, 3);

    expect(rowOf(grace)).toMatchObject({ delivered: 4, read: 3 });
    expect(world.push.to(ada.connection)).toEqual([]);
  });

  it("delivers what was read", async () => {
    await say(grace, 1, 4);

    expect(world.push.to(ada.connection)).toEqual(marksOf(grace, 4, 4));
  });

  it("makes unread the difference of two tallies", async () => {
    const unread = () => {
      const tail = world.log.entries(conversation).at(-1)?.tally ?? {};
      return unreadOf(tail, rowOf(grace)?.tallyAtRead ?? {}, grace.user);
    };
    expect(unread()).toBe(3);

    await say(grace, 4, 1);
    expect(unread()).toBe(2);
    await say(grace, 4, 4);

    expect(unread()).toBe(0);
  });

  it("leaves read alone where there is no entry to count from", async () => {
    await say(grace, 3, 0);

    expect(rowOf(grace)).toMatchObject({ delivered: 3, read: 0, tallyAtRead: {} });
  });

  it("tells the peer nothing in a closed conversation", async () => {
    await write(ada, "closed");
    const tablet = await world.anotherSeat(grace.person);

    await say(grace, 5, 5);

    expect(world.push.to(ada.connection)).toEqual([]);
    expect(world.push.to(tablet.connection)).toEqual(marksOf(grace, 5, 5));
  });

  it("does nothing in a conversation without entries", async () => {
    const eve = await world.seat("eve");
    conversation = await world.opened(ada, eve);

    await say(ada, 3, 3);

    expect(rowOf(ada)).toMatchObject({ delivered: 0, read: 0 });
  });

  it("is not for strangers, nor for a conversation that is not there", async () => {
    const mallory = await world.seat("mallory");
    expect(await refusalOf(say(mallory, 1))).toBe("unknown-conversation");

    const eve = await world.seat("eve");
    conversation = await world.opened(ada, eve);
    expect(await refusalOf(say(eve, 1))).toBe("unknown-conversation");
  });
});
