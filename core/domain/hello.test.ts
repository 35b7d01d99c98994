import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import { hello } from "./hello";
import type { ConversationId } from "./ids";
import { CONNECTION_MS } from "./limits";
import { send } from "./send";
import { watch } from "./watch";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;

const write = (seat: Seat) =>
  send(world, seat, {
    conversation,
    device: seat.device,
    after: 0,
    entries: [{ kind: "message", id: world.ids.entry(), body: { text: "hello" } }],
  });
const greet = (seat: Seat) => hello(world, seat, { device: seat.device });

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
});

describe("hello", () => {
  it("is answered with who one is and the conversations with their tails", async () => {
    await write(ada);

    const welcome = await greet(grace);

    expect(welcome).toEqual({
      user: grace.user,
      me: grace.person,
      now: world.clock.now(),
      rows: [
        {
          conversation,
          peer: ada.person,
          activeAt: world.clock.now(),
          mine: { delivered: 0, read: 0 },
          tallyAtRead: {},
          theirs: { delivered: 0, read: 0 },
          tail: world.log.entries(conversation)[0],
        },
      ],
    });
  });

  it("names nobody who has no profile yet", async () => {
    const user = world.ids.user();

    const welcome = await hello(
      world,
      { user, connection: world.ids.connection() },
      { device: world.ids.device() },
    );

    expect(welcome).toEqual({ user, now: world.clock.now(), rows: [] });
  });

  it("makes the socket ready for as long as a socket can last", async () => {
    const socket = { ...grace, connection: world.ids.connection() };
    await greet(socket);

    const ready = await world.connections.readyOf(grace.user, world.clock.now() + CONNECTION_MS - 1);

    expect(ready.map(({ connection }) => connection)).toContain(socket.connection);
  });

  it("makes it ready before it reads: what is written in between is pushed, or in the tails", async () => {
    const socket = { ...grace, connection: world.ids.connection() };
    await write(ada);
    const log = Object.create(world.log, {
      tail: {
        value: async (of: ConversationId) => {
          const tail = await world.log.tail(of);
          await write(ada);
          return tail;
        },
      },
    });
    const { inbox, connections, watches, people, push, clock, random, pace } = world;

    const welcome = await hello(
      { log, inbox, connections, watches, people, push, clock, random, pace },
      socket,
      grace,
    );

    expect(welcome.rows[0]?.tail?.seq).toBe(1);
    expect(world.push.to(socket.connection)).toMatchObject([{ is: "entries", entries: [{ seq: 2 }] }]);
  });

  it("tells those who watch", async () => {
    await watch(world, ada, { conversation });

    await greet({ ...grace, connection: world.ids.connection() });

    expect(world.push.to(ada.connection)).toEqual([
      { is: "presence", user: grace.user, presence: { is: "online" } },
    ]);
  });

  it("is refused from a device without a proper name", async () => {
    for (const device of ["", "short", "x".repeat(41), "sp ace sp ace"]) {
      expect(await refusalOf(hello(world, grace, { device }))).toBe("bad-frame");
    }
  });
});
