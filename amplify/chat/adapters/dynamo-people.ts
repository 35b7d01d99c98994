// Four kinds of row, told apart by the first letters of their key.
//
//   { key: "u#1f…a", user: "1f…a", name: "Ada Lovelace", handle: "ada",
//     held: [{ handle: "countess", freeAt: 1775001600000 }] }               the profile, with old handles that are held
//   { key: "h#ada", user: "1f…a" }                                          the claim of the handle
//   { key: "h#countess", user: "1f…a", freeAt: 1775001600000 }              the claim of an old one; then anybody's
//   { key: "l#1f…a", leftAt: 1767225600000 }                                when the last socket went
//   { key: "o#1f…a", windowStartAt: 1767225600000, openings: 3 }            conversations opened lately

import * as v from "valibot";
import { heldAfter, isOwnedBy, type HeldHandle, type Holder } from "../../../core/domain/held-handles";
import type { Handle, UserId } from "../../../core/domain/ids";
import type { Person } from "../../../core/domain/person";
import type { People } from "../../../core/domain/ports/people";
import type { Row } from "./attribute-values";
import type { Dynamo, Step } from "./dynamo";
import type { Condition } from "./expressions";
import { handle as handleShape, userId } from "./row-shapes";

/** The same person saving on two devices at once; more than a few in a row is no longer that. */
const SAVES = 5;

export class DynamoPeople implements People {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly table: string,
  ) {}

  async byId(user: UserId): Promise<Person | undefined> {
    return (await this.holder(user))?.person;
  }

  async byIds(users: readonly UserId[]): Promise<readonly Person[]> {
    // DynamoDB refuses a batch that names a key twice.
    const rows = await this.dynamo.getAll(this.table, [...new Set(users)].map(profileKey));
    return rows.map(personOf);
  }

  /** The claim names the user; the user's profile decides whether the handle is still theirs. */
  async byHandle(handle: Handle, now: number): Promise<Person | undefined> {
    const claim = await this.dynamo.get(this.table, claimKey(handle));
    const holder = claim && (await this.holder(v.parse(claimRow, claim).user));
    return holder && isOwnedBy(holder, handle, now) ? holder.person : undefined;
  }

  /**
   * The claim, the profile and what becomes of the old claims in one transaction, each on the condition that nothing
   * has changed since the profile was read; if something has, it is read again.
   */
  async save(person: Person, now: number): Promise<"saved" | "taken"> {
    for (let attempt = 1; attempt <= SAVES; attempt += 1) {
      const before = await this.holder(person.user);
      const outcome = await this.dynamo.transact(this.stepsToSave(person, before, now));
      if (outcome.is === "written") return "saved";
      const claimed = outcome.held[0];
      if (claimed === false) return "taken";
    }
    throw new Error("unable to save a profile; it kept changing meanwhile");
  }

  async introduce(person: Person, now: number): Promise<"saved" | "taken" | "known"> {
    const isNew = { where: "attribute_not_exists(#key)" };
    const outcome = await this.dynamo.transact([
      this.claim(person, now),
      { is: "put", table: this.table, row: profileRow(person, []), if: isNew },
    ]);
    if (outcome.is === "written") return "saved";
    return outcome.held[0] === false ? "taken" : "known";
  }

  async leftAt(user: UserId): Promise<number | undefined> {
    const row = await this.dynamo.get(this.table, leavingKey(user));
    return row && v.parse(leavingRow, row).leftAt;
  }

  async left(user: UserId, at: number): Promise<void> {
    // `$disconnect` comes late and in any order: an older one must not undo a newer one.
    await this.dynamo.update(this.table, leavingKey(user), "SET #leftAt = :at", {
      where: "attribute_not_exists(#leftAt) OR #leftAt < :at",
      values: { at },
    });
  }

  /**
   * Counts in the window if it has begun, else begins it; when somebody else begins it in between, it has begun.
   *
   * A plain counter is not idempotent: an answer that is lost counts an opening twice. That is on the safe side
   * of a limit which nobody reaches by talking.
   */
  async countOpening(user: UserId, windowStartAt: number, limit: number): Promise<"counted" | "over"> {
    if (limit < 1) return "over";
    if (await this.countInWindow(user, windowStartAt, limit)) return "counted";
    const begun = await this.dynamo.update(
      this.table,
      openingsKey(user),
      "SET #windowStartAt = :windowStartAt, #openings = :one",
      {
        where: "attribute_not_exists(#windowStartAt) OR #windowStartAt < :windowStartAt",
        values: { windowStartAt, one: 1 },
      },
    );
    if (begun.is === "written") return "counted";
    return (await this.countInWindow(user, windowStartAt, limit)) ? "counted" : "over";
  }

  private async countInWindow(user: UserId, windowStartAt: number, limit: number): Promise<boolean> {
    const counted = await this.dynamo.update(
      this.table,
      openingsKey(user),
      "SET #openings = #openings + :one",
      {
        where: "#windowStartAt >= :windowStartAt AND #openings < :limit",
        values: { windowStartAt, limit, one: 1 },
      },
    );
    return counted.is === "written";
  }

  private async holder(user: UserId): Promise<Holder | undefined> {
    const row = await this.dynamo.get(this.table, profileKey(user));
    return row && { person: personOf(row), held: v.parse(heldRow, row).held ?? [] };
  }

  /** The claim comes first: whether it held tells "taken" from "changed meanwhile". */
  private stepsToSave(person: Person, before: Holder | undefined, now: number): readonly Step[] {
    const { table } = this;
    const { user, handle } = person;
    const { held, letGo } = before ? heldAfter(before, handle, now) : { held: [], letGo: [] };
    const steps: Step[] = [
      this.claim(person, now),
      { is: "put", table, row: profileRow(person, held), if: asRead(person, before, held) },
    ];
    const [newest] = held;
    // A repetition of this transaction finds the claim that was let go already deleted.
    const mine = { where: "attribute_not_exists(#key) OR #user = :user", values: { user } };
    if (before && newest && before.person.handle !== handle) {
      const row = { ...claimKey(newest.handle), user, freeAt: newest.freeAt };
      steps.push({ is: "put", table, row, if: mine });
    }
    const gone = letGo.map((old): Step => ({ is: "delete", table, key: claimKey(old), if: mine }));
    return [...steps, ...gone];
  }

  /** The handle is free, the person's own, or a held handle of somebody else whose time is over. */
  private claim({ user, handle }: Person, now: number): Step {
    return {
      is: "put",
      table: this.table,
      row: { ...claimKey(handle), user },
      if: {
        where: "attribute_not_exists(#key) OR #user = :user OR #freeAt <= :now",
        values: { user, now },
      },
    };
  }
}

/** The profile is unchanged since the read, or this transaction was applied already and its answer was lost. */
function asRead({ handle }: Person, before: Holder | undefined, held: readonly HeldHandle[]): Condition {
  if (!before) return { where: "attribute_not_exists(#key) OR #handle = :after", values: { after: handle } };
  const listed = (list: readonly HeldHandle[], name: string) =>
    list.length > 0 ? `#held = :${name}` : "attribute_not_exists(#held)";
  const [was, is] = [listed(before.held, "heldBefore"), listed(held, "heldAfter")];
  return {
    where: `(#handle = :before AND ${was}) OR (#handle = :after AND ${is})`,
    values: {
      before: before.person.handle,
      after: handle,
      heldBefore: listOf(before.held),
      heldAfter: listOf(held),
    },
  };
}

/** An empty list is left out, of rows as of conditions. */
const listOf = (held: readonly HeldHandle[]) => (held.length > 0 ? held : undefined);

const profileRow = (person: Person, held: readonly HeldHandle[]): Row => ({
  ...profileKey(person.user),
  ...person,
  held: listOf(held),
});

const claimRow = v.object({ user: userId });
const leavingRow = v.object({ leftAt: v.number() });
const personRow = v.object({ user: userId, name: v.string(), handle: handleShape });
const heldRow = v.object({
  held: v.optional(v.array(v.object({ handle: handleShape, freeAt: v.number() }))),
});

const personOf = (row: Row): Person => v.parse(personRow, row);

const profileKey = (user: UserId) => ({ key: `u#${user}` });
const claimKey = (handle: Handle) => ({ key: `h#${handle}` });
const leavingKey = (user: UserId) => ({ key: `l#${user}` });
const openingsKey = (user: UserId) => ({ key: `o#${user}` });
