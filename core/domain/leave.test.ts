import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { hello } from "./hello";
import { leave } from "./leave";
import { CONNECTION_MS } from "./limits";
import { presenceOf } from "./presence";
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
    const tablet = await world.anotherSeat(grace.person);

    await leave(world, grace);
    expect(world.push.to(ada.connection)).toEqual([]);
    expect(await presenceOf(world, grace.user)).toEqual({ is: "online" });

    await leave(world, tablet);
    expect(world.push.to(ada.connection)).toHaveLength(1);
  });

  it("says when the socket was last heard of, where it is told only after its time was over", async () => {
    const seenAt = world.clock.now();
    world.clock.advance(CONNECTION_MS + 3_600_000);

    await leave(world, grace);

    expect(await presenceOf(world, grace.user)).toEqual({ is: "offline", lastSeenAt: seenAt });
  });

  it("leaves the truth behind wherever it is broken off", async () => {
    for (const call of ["people.left", "connections.drop", "watches.watchersOf"]) {
      const seat = await world.anotherSeat(grace.person);
      await leave(world, grace);
      world.clock.advance(60_000);
      const broken = breakingAfter(world, call);

      await expect(leave(broken, seat)).rejects.toThrow(call);
      world.clock.advance(2 * CONNECTION_MS);

      const presence = await presenceOf(world, grace.user);
      expect(presence, call).toEqual({ is: "offline", lastSeenAt: world.clock.now() - 2 * CONNECTION_MS });
    }
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

/** The same world, in which a function ends right after this call. */
function breakingAfter(whole: MemoryWorld, call: string): MemoryWorld {
  const [port, method] = call.split(".");
  return new Proxy(whole, {
    get: (_, name) => {
      const value: unknown = Reflect.get(whole, name);
      if (name !== port || typeof value !== "object" || value === null) return value;
      return new Proxy(value, {
        get: (_port, asked) => {
          const run: unknown = Reflect.get(value, asked);
          if (typeof run !== "function") return run;
          return async (...by: unknown[]) => {
            const answer: unknown = await run.apply(value, by);
            if (asked === method) throw new Error(call);
            return answer;
          };
        },
      });
    },
  });
}
