import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import type { Caller } from "./caller";
import { isHandle } from "./ids";
import { HANDLE_HELD_MS, HELD_HANDLES } from "./limits";
import { profile } from "./profile";

let world: MemoryWorld;
let caller: Caller;

beforeEach(() => {
  world = memoryWorld();
  caller = { user: world.ids.user(), connection: world.ids.connection() };
});

describe("a profile", () => {
  it("is made with a handle from the name", async () => {
    const person = await profile(world, caller, { name: "  Ada\u0000 Lovelace " });

    expect(person).toEqual({ user: caller.user, name: "Ada Lovelace", handle: "ada-lovelace" });
    expect(await world.people.byId(caller.user)).toEqual(person);
  });

  it("gets another handle when the plain one is taken", async () => {
    await world.seat("ada");

    const { handle } = await profile(world, caller, { name: "Ada" });

    expect(handle).toMatch(/^ada\d{2}$/);
  });

  it("is one when two devices of a newcomer make it at once", async () => {
    await world.seat("ada");
    const elsewhere = { ...caller, connection: world.ids.connection() };

    const both = await Promise.all([caller, elsewhere].map((by) => profile(world, by, { name: "Ada" })));

    const kept = await world.people.byId(caller.user);
    expect(both).toEqual([kept, kept]);
  });

  it("gets a handle whatever the script of the name", async () => {
    const { name, handle } = await profile(world, caller, { name: "李小龍" });

    expect(name).toBe("李小龍");
    expect(isHandle(handle)).toBe(true);
  });

  it("keeps its handle when only the name changes", async () => {
    await profile(world, caller, { name: "Ada", handle: "countess" });

    expect(await profile(world, caller, { name: "Ada King" })).toMatchObject({
      name: "Ada King",
      handle: "countess",
    });
  });

  it("holds a handle that was given up: only its owner can take it back, for 90 days", async () => {
    await profile(world, caller, { name: "Ada", handle: "countess" });
    await profile(world, caller, { name: "Ada", handle: "@Ada" });
    const stranger = { ...caller, user: world.ids.user() };
    const take = (by: Caller) => profile(world, by, { name: "Eve", handle: "countess" });

    expect(await refusalOf(take(stranger))).toBe("handle-taken");
    world.clock.advance(HANDLE_HELD_MS - 1);
    expect(await refusalOf(take(stranger))).toBe("handle-taken");
    expect(await take(caller)).toMatchObject({ handle: "countess" });
    expect(await refusalOf(profile(world, stranger, { name: "Eve", handle: "ada" }))).toBe("handle-taken");
  });

  it("releases a held handle after 90 days, and its former owner has no more claim to it", async () => {
    await profile(world, caller, { name: "Ada", handle: "countess" });
    await profile(world, caller, { name: "Ada", handle: "ada" });
    world.clock.advance(HANDLE_HELD_MS);
    const stranger = { ...caller, user: world.ids.user() };

    expect(await profile(world, stranger, { name: "Eve", handle: "countess" })).toMatchObject({
      handle: "countess",
    });

    const back = profile(world, caller, { name: "Ada", handle: "countess" });
    expect(await refusalOf(back)).toBe("handle-taken");
  });

  it("holds a few old handles and no more: the oldest is let go", async () => {
    const handles = ["first", "second", "third", "fourth", "fifth"];
    for (const handle of handles) await profile(world, caller, { name: "Ada", handle });
    const outcomes = await Promise.all(
      handles.map((handle) =>
        refusalOf(profile(world, { ...caller, user: world.ids.user() }, { name: "Eve", handle })),
      ),
    );

    expect(outcomes.filter((outcome) => outcome === "handle-taken")).toHaveLength(1 + HELD_HANDLES);
    expect(outcomes[0]).toBe("not refused");
  });

  it("gives a newcomer another handle than one that is held", async () => {
    await profile(world, caller, { name: "Ada", handle: "grace" });
    await profile(world, caller, { name: "Ada", handle: "ada" });
    const newcomer = { ...caller, user: world.ids.user() };

    expect(await profile(world, newcomer, { name: "Grace" })).toMatchObject({
      handle: expect.stringMatching(/^grace\d+$/),
    });
  });

  it("is refused with a name that shows nothing or is too long", async () => {
    for (const name of ["", "  ", "\u200b", "x".repeat(61)]) {
      expect(await refusalOf(profile(world, caller, { name }))).toBe("bad-name");
    }
    expect(await world.people.byId(caller.user)).toBeUndefined();
  });

  it("is refused with a handle that cannot be one, or is somebody's", async () => {
    await world.seat("grace");

    expect(await refusalOf(profile(world, caller, { name: "Ada", handle: "a" }))).toBe("bad-handle");
    expect(await refusalOf(profile(world, caller, { name: "Ada", handle: "" }))).toBe("bad-handle");
    expect(await refusalOf(profile(world, caller, { name: "Ada", handle: "GRACE" }))).toBe("handle-taken");
    expect(await world.people.byId(caller.user)).toBeUndefined();
  });
});
