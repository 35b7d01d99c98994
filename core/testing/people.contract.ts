import { beforeEach, describe, expect, it } from "vitest";
import { isHandle, type Handle, type UserId } from "../domain/ids";
import { HANDLE_HELD_MS, HELD_HANDLES } from "../domain/limits";
import type { Person } from "../domain/person";
import type { People } from "../domain/ports/people";
import { RandomIds } from "./random-ids";

const ids = new RandomIds(Math.random);
const HOUR_MS = 3_600_000;
const NOW = 1_767_225_600_000;
const WINDOW_AT = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

function newHandle(): Handle {
  const text = `h${ids.entry().toLowerCase()}`;
  if (!isHandle(text)) throw new RangeError(`unable to make a handle; ${text} is none`);
  return text;
}

/** What everyone who knows people promises. */
export function peopleContract(name: string, makePeople: () => People | Promise<People>): void {
  describe(`the people contract, ${name}`, () => {
    let people: People;
    let user: UserId;
    let ada: Person;

    beforeEach(async () => {
      people = await makePeople();
      user = ids.user();
      ada = { user, name: "Ada Lovelace 👩🏽‍🔬", handle: newHandle() };
    });

    it("knows nobody at first", async () => {
      expect(await people.byId(user)).toBeUndefined();
      expect(await people.byHandle(ada.handle, NOW)).toBeUndefined();
      expect(await people.byIds([user])).toEqual([]);
    });

    it("finds who was saved, by id and by handle, at once", async () => {
      expect(await people.save(ada, NOW)).toBe("saved");

      expect(await people.byId(user)).toStrictEqual(ada);
      expect(await people.byHandle(ada.handle, NOW)).toStrictEqual(ada);
    });

    it("finds many at once, each once, and leaves out who is not there", async () => {
      const many = Array.from({ length: 25 }, () => ({ user: ids.user(), name: "N", handle: newHandle() }));
      await Promise.all(many.map((person) => people.save(person, NOW)));
      const users = many.map((person) => person.user);

      const found = await people.byIds([...users, ids.user(), users[0]!]);

      expect(found).toHaveLength(25);
      expect(new Set(found)).toEqual(new Set(many));
      expect(await people.byIds([])).toEqual([]);
    });

    it("changes the name under the same handle", async () => {
      await people.save(ada, NOW);

      expect(await people.save({ ...ada, name: "Ada King" }, NOW)).toBe("saved");

      expect(await people.byHandle(ada.handle, NOW)).toMatchObject({ name: "Ada King" });
    });

    it("takes the new handle and holds the old one, which finds the person under the new", async () => {
      await people.save(ada, NOW);
      const renamed = { ...ada, handle: newHandle() };

      expect(await people.save(renamed, NOW)).toBe("saved");

      expect(await people.byId(user)).toStrictEqual(renamed);
      expect(await people.byHandle(renamed.handle, NOW)).toStrictEqual(renamed);
      expect(await people.byHandle(ada.handle, NOW + HANDLE_HELD_MS - 1)).toStrictEqual(renamed);
      expect(await people.byHandle(ada.handle, NOW + HANDLE_HELD_MS)).toBeUndefined();
    });

    it("lets nobody else have a handle that is held, and anybody once its time is over", async () => {
      await people.save(ada, NOW);
      const renamed = { ...ada, handle: newHandle() };
      await people.save(renamed, NOW);
      const heir = { user: ids.user(), name: "Heir", handle: ada.handle };
      const freeAt = NOW + HANDLE_HELD_MS;

      expect(await people.save(heir, freeAt - 1)).toBe("taken");
      expect(await people.introduce(heir, freeAt - 1)).toBe("taken");
      expect(await people.byId(heir.user)).toBeUndefined();

      expect(await people.introduce(heir, freeAt)).toBe("saved");
      expect(await people.byHandle(ada.handle, freeAt)).toStrictEqual(heir);
      expect(await people.save({ ...renamed, handle: ada.handle }, freeAt)).toBe("taken");
      expect(await people.save({ ...renamed, handle: newHandle() }, freeAt)).toBe("saved");
      expect(await people.byHandle(ada.handle, freeAt)).toStrictEqual(heir);
    });

    it("gives a held handle back to its owner, as one that nobody else ever gets", async () => {
      await people.save(ada, NOW);
      const renamed = { ...ada, handle: newHandle() };
      await people.save(renamed, NOW);

      expect(await people.save(ada, NOW + 1)).toBe("saved");

      expect(await people.byId(user)).toStrictEqual(ada);
      expect(await people.byHandle(renamed.handle, NOW + 1)).toStrictEqual(ada);
      const later = NOW + 2 * HANDLE_HELD_MS;
      expect(await people.byHandle(ada.handle, later)).toStrictEqual(ada);
      const heir = { user: ids.user(), name: "Heir", handle: ada.handle };
      expect(await people.save(heir, later)).toBe("taken");
    });

    it("holds the same handles when only the name changes", async () => {
      await people.save(ada, NOW);
      const renamed = { ...ada, handle: newHandle() };
      await people.save(renamed, NOW);

      await people.save({ ...renamed, name: "Ada King" }, NOW);

      expect(await people.byHandle(ada.handle, NOW)).toMatchObject({ name: "Ada King" });
    });

    it("holds a few handles of a person, and lets the oldest go", async () => {
      const handles = Array.from({ length: HELD_HANDLES + 2 }, newHandle);
      for (const handle of handles) await people.save({ ...ada, handle }, NOW);

      const found = await Promise.all(handles.map((handle) => people.byHandle(handle, NOW)));

      expect(found.map((person) => person !== undefined)).toEqual([
        false,
        ...handles.slice(1).map(() => true),
      ]);
      const heir = { user: ids.user(), name: "Heir", handle: handles[0]! };
      expect(await people.save(heir, NOW)).toBe("saved");
      expect(await people.save({ ...ada, handle: newHandle() }, NOW)).toBe("saved");
      expect(await people.byHandle(heir.handle, NOW)).toStrictEqual(heir);
    });

    it("changes nothing when somebody else has the handle", async () => {
      const grace = { user: ids.user(), name: "Grace", handle: newHandle() };
      await people.save(ada, NOW);
      await people.save(grace, NOW);

      expect(await people.save({ ...grace, name: "Usurper", handle: ada.handle }, NOW)).toBe("taken");

      expect(await people.byHandle(ada.handle, NOW)).toStrictEqual(ada);
      expect(await people.byId(grace.user)).toStrictEqual(grace);
      expect(await people.byHandle(grace.handle, NOW)).toStrictEqual(grace);
    });

    it("lets one of many have a handle", async () => {
      const rivals = Array.from({ length: 6 }, () => ({
        user: ids.user(),
        name: "Rival",
        handle: ada.handle,
      }));

      const outcomes = await Promise.all(rivals.map((person) => people.save(person, NOW)));

      expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1);
      const winner = rivals[outcomes.indexOf("saved")];
      expect(await people.byHandle(ada.handle, NOW)).toStrictEqual(winner);
      const known = await people.byIds(rivals.map((person) => person.user));
      expect(known).toStrictEqual([winner]);
    });

    it("leaves a person with one handle, and holds the others, when two devices choose at once", async () => {
      await people.save(ada, NOW);
      const choices = [newHandle(), newHandle()];

      await Promise.all(choices.map((handle) => people.save({ ...ada, handle }, NOW)));

      const kept = await people.byId(user);
      expect(choices).toContain(kept?.handle);
      for (const handle of [ada.handle, ...choices])
        expect(await people.byHandle(handle, NOW)).toStrictEqual(kept);
    });

    it("introduces a person once, with a handle that is free", async () => {
      const other: Person = { user: ids.user(), name: "Ada", handle: newHandle() };
      await people.save(other, NOW);
      expect(await people.introduce({ ...ada, handle: other.handle }, NOW)).toBe("taken");
      const choices = [newHandle(), newHandle(), newHandle()];

      const outcomes = await Promise.all(choices.map((handle) => people.introduce({ ...ada, handle }, NOW)));

      expect([...outcomes].sort()).toEqual(["known", "known", "saved"]);
      const made = { ...ada, handle: choices[outcomes.indexOf("saved")] };
      expect(await people.byId(user)).toStrictEqual(made);
      for (const handle of choices) {
        const owner = handle === made.handle ? made : undefined;
        expect(await people.byHandle(handle, NOW)).toStrictEqual(owner);
      }
    });

    it("remembers when a person left last, with and without a profile", async () => {
      expect(await people.leftAt(user)).toBeUndefined();

      await people.left(user, 1_767_225_600_000);
      expect(await people.byId(user)).toBeUndefined();
      await people.save(ada, NOW);
      expect(await people.leftAt(user)).toBe(1_767_225_600_000);
      await people.left(user, 1_767_225_700_000);

      expect(await people.leftAt(user)).toBe(1_767_225_700_000);
      expect(await people.byId(user)).toStrictEqual(ada);
    });

    it("counts openings up to the limit and starts again in the next window", async () => {
      expect(await people.countOpening(user, WINDOW_AT, 2)).toBe("counted");
      expect(await people.countOpening(user, WINDOW_AT, 2)).toBe("counted");
      expect(await people.countOpening(user, WINDOW_AT, 2)).toBe("over");
      expect(await people.countOpening(ids.user(), WINDOW_AT, 2)).toBe("counted");

      expect(await people.countOpening(user, WINDOW_AT + HOUR_MS, 2)).toBe("counted");
      expect(await people.byId(user)).toBeUndefined();
    });

    it("counts no more than the limit when many open at once", async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, () => people.countOpening(user, WINDOW_AT, 3)),
      );

      expect(outcomes.filter((outcome) => outcome === "counted")).toHaveLength(3);
    });
  });
}
