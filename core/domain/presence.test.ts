import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import { here } from "./here";
import { leave } from "./leave";
import type { ConversationId } from "./ids";
import { CONNECTION_MS, HERE_EVERY_MS } from "./limits";
import { presenceOf } from "./presence";
import { send } from "./send";
import { typing } from "./typing";
import { watch } from "./watch";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;

const say = (seat: Seat, text: string) =>
  send(world, seat, {
    ...{ conversation, device: seat.device, after: world.log.entries(conversation).length },
    entries: [{ kind: "message", id: world.ids.entry(), body: { text } }],
  });
const stillHere = (seat: Seat) => here(world, seat, { device: seat.device });

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
});

describe("somebody whose line died without a word", () => {
  it("is offline when their row is over, last seen when they last said that they were there", async () => {
    world.clock.advance(HERE_EVERY_MS);
    await stillHere(grace);
    const seenAt = world.clock.now();

    world.clock.advance(CONNECTION_MS - 1);
    expect(await presenceOf(world, grace.user)).toEqual({ is: "online" });
    world.clock.advance(1);

    expect(await presenceOf(world, grace.user)).toEqual({ is: "offline", lastSeenAt: seenAt });
  });

  it("is found out by the next push, and who watches hears of it", async () => {
    await say(ada, "hello");
    await watch(world, ada, { conversation });
    const seenAt = world.clock.now();
    world.clock.advance(HERE_EVERY_MS);
    world.push.close(grace.connection);

    await typing(world, ada, { conversation, typing: true });

    const presence = { is: "offline", lastSeenAt: seenAt };
    expect(world.push.to(ada.connection)).toEqual([{ is: "presence", user: grace.user, presence }]);
    expect(await presenceOf(world, grace.user)).toEqual(presence);
  });

  it("is not taken for gone while another of their devices is there", async () => {
    await say(ada, "hello");
    await watch(world, ada, { conversation });
    const tablet = await world.anotherSeat(grace.person);
    world.push.close(grace.connection);

    await say(ada, "are you there?");

    expect(world.push.to(ada.connection)).toEqual([]);
    expect(world.push.to(tablet.connection)).toHaveLength(1);
    expect(await presenceOf(world, grace.user)).toEqual({ is: "online" });
  });

  it("was last there with the last of their devices, however each of them ended", async () => {
    const tablet = await world.anotherSeat(grace.person);
    world.clock.advance(HERE_EVERY_MS);
    await stillHere(tablet);
    const seenAt = world.clock.now();
    world.clock.advance(60_000);
    await leave(world, grace);
    const leftAt = world.clock.now();

    expect(await presenceOf(world, grace.user)).toEqual({ is: "online" });
    world.clock.advance(CONNECTION_MS);

    expect(leftAt).toBeGreaterThan(seenAt);
    expect(await presenceOf(world, grace.user)).toEqual({ is: "offline", lastSeenAt: leftAt });
  });
});

describe("saying that one is here", () => {
  it("keeps a row for as long as it is said", async () => {
    for (let times = 0; times < 10; times += 1) {
      world.clock.advance(HERE_EVERY_MS);
      await stillHere(grace);
    }

    const [row, ...more] = await world.connections.readyOf(grace.user, world.clock.now());
    expect(row).toMatchObject({ connection: grace.connection, device: grace.device });
    expect(more).toEqual([]);
  });

  it("brings a row back that was lost while the socket stood", async () => {
    await world.connections.drop(grace.user, grace.connection);

    await stillHere(grace);
    await say(ada, "hello");

    expect(world.push.to(grace.connection)).toHaveLength(1);
  });

  it("is refused without a device", async () => {
    expect(await refusalOf(here(world, grace, { device: "?" }))).toBe("bad-frame");
  });
});
