import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { hello } from "./hello";
import { leave } from "./leave";
import { watch } from "./watch";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  await watch(world, ada, { conversation: await world.opened(ada, grace) });
});

describe("leaving", () => {
  it("notes when the last socket went, and tells who watches", async () => {
    world.clock.advance(5_000);

    await leave(world, grace);

    const lastSeenAt = world.clock.now();
    expect(await world.people.leftAt(grace.user)).toBe(lastSeenAt);
    expect(await world.connections.readyOf(grace.user, lastSeenAt)).toEqual([]);
    expect(world.push.to(ada.connection)).toEqual([
      { is: "presence", user: grace.user, presence: { is: "offline", lastSeenAt } },
    ]);
  });

  it("says nothing while another device of the person is there", async () => {
    await world.anotherSeat(grace.person);

    await leave(world, grace);

    expect(await world.people.leftAt(grace.user)).toBeUndefined();
    expect(world.push.to(ada.connection)).toEqual([]);
  });

  it("leaves those who watch with the truth when the person comes back in the same moment", async () => {
    const socket = { ...grace, connection: world.ids.connection() };
    const people = Object.create(world.people, {
      left: {
        value: async (...of: Parameters<typeof world.people.left>) => {
          await hello(world, socket, { device: grace.device });
          await world.people.left(...of);
        },
      },
    });
    const { connections, watches, push, clock } = world;

    await leave({ connections, watches, people, push, clock }, grace);

    expect(world.push.to(ada.connection).at(-1)).toEqual({
      is: "presence",
      user: grace.user,
      presence: { is: "online" },
    });
  });

  it("takes a device whose time is over for one that is not there", async () => {
    const tablet = await world.anotherSeat(grace.person);
    await world.connections.ready({ ...tablet, expiresAt: world.clock.now() });

    await leave(world, grace);

    expect(await world.people.leftAt(grace.user)).toBe(world.clock.now());
  });
});
