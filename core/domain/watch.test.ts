import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import { append } from "./append";
import { hello } from "./hello";
import { NO_SEQ, type ConversationId } from "./ids";
import { leave } from "./leave";
import { watch } from "./watch";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;

const look = (seat: Seat) => watch(world, seat, { conversation });
const presenceOf = (seat: Seat, presence: object) => ({ is: "presence", user: seat.user, presence });

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
});

describe("watching", () => {
  it("answers whether the other is there", async () => {
    expect(await look(ada)).toEqual({ user: grace.user, presence: { is: "online" } });

    await leave(world, grace);

    const presence = { is: "offline", lastSeenAt: world.clock.now() };
    expect(await look(ada)).toEqual({ user: grace.user, presence });
  });

  it("answers offline, and no more, of someone who was never there", async () => {
    await world.connections.drop(grace.user, grace.connection);

    expect(await look(ada)).toEqual({ user: grace.user, presence: { is: "offline" } });
  });

  it("is told when the other goes, and when they come", async () => {
    await look(ada);

    await leave(world, grace);
    await hello(world, { ...grace, connection: world.ids.connection() }, { device: grace.device });

    expect(world.push.to(ada.connection)).toEqual([
      presenceOf(grace, { is: "offline", lastSeenAt: world.clock.now() }),
      presenceOf(grace, { is: "online" }),
    ]);
  });

  it("ends with the socket", async () => {
    await look(ada);
    world.push.close(ada.connection);

    await leave(world, grace);

    expect(await world.watches.watchersOf(grace.user, world.clock.now())).toEqual([]);
  });

  it("stores the watch before it looks, so that nobody slips through in between", async () => {
    const connections = Object.create(world.connections, {
      readyOf: {
        value: async (...of: Parameters<typeof world.connections.readyOf>) => {
          const ready = await world.connections.readyOf(...of);
          if (of[0] === grace.user) await leave(world, grace);
          return ready;
        },
      },
    });

    await watch({ ...portsOf(world), connections }, ada, { conversation });

    expect(world.push.to(ada.connection)).toEqual([
      presenceOf(grace, { is: "offline", lastSeenAt: world.clock.now() }),
    ]);
  });

  it("tells nothing of the other in a closed conversation", async () => {
    for (const draft of [
      { kind: "message", id: world.ids.entry(), body: { text: "x" } },
      { kind: "closed", id: world.ids.entry() },
    ] as const) {
      await append(world, { conversation, from: ada.user, device: ada.device, after: NO_SEQ, draft });
    }

    expect(await look(grace)).toEqual({ user: ada.user, presence: { is: "offline" } });
    expect(await world.watches.watchersOf(ada.user, world.clock.now())).toEqual([]);
  });

  it("is for members of a conversation that is there, on a socket that has said hello", async () => {
    const mallory = await world.seat("mallory");
    expect(await refusalOf(look(mallory))).toBe("unknown-conversation");
    expect(await refusalOf(look(grace))).toBe("unknown-conversation");

    expect(await refusalOf(look({ ...ada, connection: world.ids.connection() }))).toBe("try-again");
  });
});

const portsOf = ({ log, inbox, watches, people, clock }: MemoryWorld) => ({
  log,
  inbox,
  watches,
  people,
  clock,
});
