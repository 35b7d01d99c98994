import { beforeEach, describe, expect, it } from "vitest";
import { isHandle, type Handle, type UserId } from "../domain/ids";
import type { Person } from "../domain/person";
import type { People } from "../domain/ports/people";
import { RandomIds } from "./random-ids";

const ids = new RandomIds(Math.random);
const HOUR_MS = 3_600_000;
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
      expect(await people.byHandle(ada.handle)).toBeUndefined();
      expect(await people.byIds([user])).toEqual([]);
    });

    it("finds who was saved, by id and by handle, at once", async () => {
      expect(await people.save(ada)).toBe("saved");

      expect(await people.byId(user)).toStrictEqual(ada);
      expect(await people.byHandle(ada.handle)).toStrictEqual(ada);
    });

    it("finds many at once, each once, and leaves out who is not there", async () => {
      const many = Array.from({ length: 25 }, () => ({ user: ids.user(), name: "N", handle: newHandle() }));
      await Promise.all(many.map((person) => people.save(person)));
      const users = many.map((person) => person.user);

      const found = await people.byIds([...users, ids.user(), users[0]!]);

      expect(found).toHaveLength(25);
      expect(new Set(found)).toEqual(new Set(many));
      expect(await people.byIds([])).toEqual([]);
    });

    it("changes the name under the same handle", async () => {
      await people.save(ada);

      expect(await people.save({ ...ada, name: "Ada King" })).toBe("saved");

      expect(await people.byHandle(ada.handle)).toMatchObject({ name: "Ada King" });
    });

    it("gives the old handle up for the new one", async () => {
      await people.save(ada);
      const renamed = { ...ada, handle: newHandle() };

      expect(await people.save(renamed)).toBe("saved");

      expect(await people.byId(user)).toStrictEqual(renamed);
      expect(await people.byHandle(renamed.handle)).toStrictEqual(renamed);
      expect(await people.byHandle(ada.handle)).toBeUndefined();
      const heir = { user: ids.user(), name: "Heir", handle: ada.handle };
      expect(await people.save(heir)).toBe("saved");
      expect(await people.byHandle(ada.handle)).toStrictEqual(heir);
    });

    it("changes nothing when somebody else has the handle", async () => {
      const grace = { user: ids.user(), name: "Grace", handle: newHandle() };
      await people.save(ada);
      await people.save(grace);

      expect(await people.save({ ...grace, name: "Usurper", handle: ada.handle })).toBe("taken");

      expect(await people.byHandle(ada.handle)).toStrictEqual(ada);
      expect(await people.byId(grace.user)).toStrictEqual(grace);
      expect(await people.byHandle(grace.handle)).toStrictEqual(grace);
    });

    it("lets one of many have a handle", async () => {
      const rivals = Array.from({ length: 6 }, () => ({
        user: ids.user(),
        name: "Rival",
        handle: ada.handle,
      }));

      const outcomes = await Promise.all(rivals.map((person) => people.save(person)));

      expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1);
      const winner = rivals[outcomes.indexOf("saved")];
      expect(await people.byHandle(ada.handle)).toStrictEqual(winner);
      const known = await people.byIds(rivals.map((person) => person.user));
      expect(known).toStrictEqual([winner]);
    });

    it("leaves a person with one handle when two devices choose at once", async () => {
      await people.save(ada);
      const choices = [newHandle(), newHandle()];

      await Promise.all(choices.map((handle) => people.save({ ...ada, handle })));

      const kept = (await people.byId(user))?.handle;
      const given = [ada.handle, ...choices].filter((handle) => handle !== kept);
      expect(choices).toContain(kept);
      for (const handle of given) expect(await people.byHandle(handle)).toBeUndefined();
    });

    it("introduces a person once, with a handle that is free", async () => {
      const other: Person = { user: ids.user(), name: "Ada", handle: newHandle() };
      await people.save(other);
      expect(await people.introduce({ ...ada, handle: other.handle })).toBe("taken");
      const choices = [newHandle(), newHandle(), newHandle()];

      const outcomes = await Promise.all(choices.map((handle) => people.introduce({ ...ada, handle })));

      expect([...outcomes].sort()).toEqual(["known", "known", "saved"]);
      const made = { ...ada, handle: choices[outcomes.indexOf("saved")] };
      expect(await people.byId(user)).toStrictEqual(made);
      for (const handle of choices) {
        const owner = handle === made.handle ? made : undefined;
        expect(await people.byHandle(handle)).toStrictEqual(owner);
      }
    });

    it("remembers when a person left last, with and without a profile", async () => {
      expect(await people.leftAt(user)).toBeUndefined();

      await people.left(user, 1_767_225_600_000);
      expect(await people.byId(user)).toBeUndefined();
      await people.save(ada);
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
