import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import { append } from "./append";
import type { Draft } from "./entry";
import { NO_SEQ, type ConversationId } from "./ids";
import { typing } from "./typing";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;

const write = (seat: Seat, draft: Draft) =>
  append(world, { conversation, from: seat.user, device: seat.device, after: NO_SEQ, draft });
const type = (seat: Seat) => typing(world, seat, { conversation, typing: true });

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
  await write(ada, { kind: "message", id: world.ids.entry(), body: { text: "x" } });
});

describe("typing", () => {
  it("is told to the peer's devices, not to one's own, and is in no log", async () => {
    const laptop = await world.anotherSeat(ada.person);
    const before = world.log.entries(conversation);

    await type(ada);
    await typing(world, ada, { conversation, typing: false });

    expect(world.push.to(grace.connection)).toEqual([
      { is: "typing", conversation, user: ada.user, typing: true },
      { is: "typing", conversation, user: ada.user, typing: false },
    ]);
    expect(world.push.to(laptop.connection)).toEqual([]);
    expect(world.log.entries(conversation)).toEqual(before);
  });

  it("is not told in a closed conversation", async () => {
    await write(grace, { kind: "closed", id: world.ids.entry() });

    await type(ada);

    expect(world.push.to(grace.connection)).toEqual([]);
  });

  it("is not told to someone to whom nobody has written", async () => {
    const eve = await world.seat("eve");
    conversation = await world.opened(ada, eve);

    await type(ada);

    expect(world.push.to(eve.connection)).toEqual([]);
  });

  it("is not for strangers, nor for a conversation that is not there", async () => {
    const mallory = await world.seat("mallory");
    expect(await refusalOf(type(mallory))).toBe("unknown-conversation");

    conversation = await world.opened(ada, mallory);
    expect(await refusalOf(type(mallory))).toBe("unknown-conversation");
    expect(world.push.to(ada.connection)).toEqual([]);
  });
});
