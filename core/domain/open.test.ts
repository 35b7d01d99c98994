import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import { directConversation } from "./conversation";
import { HANDLE_HELD_MS, OPENINGS, OPENINGS_WINDOW_MS } from "./limits";
import { open } from "./open";
import { profile } from "./profile";
import { Refusal } from "./refusal";
import { send } from "./send";

let world: MemoryWorld;
let ada: Seat;
let grace: Seat;

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
  grace = await world.seat("grace");
});

describe("opening", () => {
  it("makes the caller's own row and nobody else's", async () => {
    const summary = await open(world, ada, { handle: "grace" });

    expect(summary).toEqual({
      conversation: directConversation(ada.user, grace.user),
      peer: grace.person,
      activeAt: world.clock.now(),
      mine: { delivered: 0, read: 0 },
      tallyAtRead: {},
      theirs: { delivered: 0, read: 0 },
    });
    expect(await world.inbox.row(ada.user, summary.conversation)).toBeDefined();
    expect(await world.inbox.row(grace.user, summary.conversation)).toBeUndefined();
    expect(world.push.to(grace.connection)).toEqual([]);
  });

  it("finds the handle however it is typed", async () => {
    expect((await open(world, ada, { handle: " @Grace " })).peer).toEqual(grace.person);
  });

  it("opens the same conversation from either side, with what was written", async () => {
    const { conversation } = await open(world, ada, { handle: "grace" });
    const entries = [{ kind: "message", id: world.ids.entry(), body: { text: "hello" } }] as const;
    await send(world, ada, { conversation, device: ada.device, after: 0, entries });

    const summary = await open(world, grace, { handle: "ada" });

    expect(summary).toMatchObject({ conversation, peer: ada.person, tail: { seq: 1 } });
  });

  it.each(["nobody", "", "x", "no such handle", "__proto__", "a/b"])(
    "finds nobody under %j",
    async (handle) => {
      expect(await refusalOf(open(world, ada, { handle }))).toBe("unknown-handle");
    },
  );

  it("takes two", async () => {
    expect(await refusalOf(open(world, ada, { handle: "ada" }))).toBe("yourself");
  });

  it("needs a profile of one's own, or the other would not know who writes", async () => {
    const stranger = { user: world.ids.user(), connection: world.ids.connection() };

    expect(await refusalOf(open(world, stranger, { handle: "ada" }))).toBe("bad-name");
  });
});

describe("opening by a handle that its owner gave up", () => {
  const rename = (seat: Seat, handle: string) => profile(world, seat, { name: seat.person.name, handle });

  it("reaches the person for somebody who talks with them already", async () => {
    const before = await open(world, ada, { handle: "grace" });
    const hopper = await rename(grace, "hopper");

    expect(await open(world, ada, { handle: "grace" })).toEqual({ ...before, peer: hopper });
    expect(await open(world, ada, { handle: "hopper" })).toEqual({ ...before, peer: hopper });
  });

  it("reaches nobody for a stranger, who is answered as for a handle that nobody has", async () => {
    await open(world, grace, { handle: "ada" });
    await rename(grace, "hopper");

    expect(await refusalOf(open(world, ada, { handle: "grace" }))).toBe("unknown-handle");
    const nameless = { user: world.ids.user(), connection: world.ids.connection() };
    expect(await refusalOf(open(world, nameless, { handle: "grace" }))).toBe("unknown-handle");
  });

  it("reaches who took it, when it was free again", async () => {
    await open(world, ada, { handle: "grace" });
    await rename(grace, "hopper");
    world.clock.advance(HANDLE_HELD_MS);
    expect(await refusalOf(open(world, ada, { handle: "grace" }))).toBe("unknown-handle");

    const heir = await rename(await world.seat("kelly"), "grace");

    expect(await open(world, ada, { handle: "grace" })).toMatchObject({ peer: heir });
  });

  it("is no conversation with oneself", async () => {
    await rename(ada, "countess");

    expect(await refusalOf(open(world, ada, { handle: "ada" }))).toBe("yourself");
  });
});

describe("opening very many", () => {
  beforeEach(async () => {
    for (let index = 0; index < OPENINGS; index += 1) {
      await world.seat(`peer${index}`);
      await open(world, ada, { handle: `peer${index}` });
    }
  });

  it("is slowed down until the next window", async () => {
    const refusal = await open(world, ada, { handle: "grace" }).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code: "slow-down" });
    const delayMs = refusal instanceof Refusal ? (refusal.delayMs ?? 0) : 0;
    expect(delayMs).toBeLessThanOrEqual(OPENINGS_WINDOW_MS);
    world.clock.advance(delayMs);
    expect(await refusalOf(open(world, ada, { handle: "grace" }))).toBe("not refused");
  });

  it("does not slow those that are open already, nor anyone else", async () => {
    expect(await refusalOf(open(world, ada, { handle: "peer0" }))).toBe("not refused");
    expect(await refusalOf(open(world, grace, { handle: "ada" }))).toBe("not refused");
  });
});
