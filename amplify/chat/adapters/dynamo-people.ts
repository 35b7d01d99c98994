// Four kinds of row, told apart by the first letters of their key.
//
//   { key: "u#1f…a", user: "1f…a", name: "Ada Lovelace", handle: "ada" }    the profile
//   { key: "h#ada", user: "1f…a" }                                          the claim of the handle
//   { key: "l#1f…a", leftAt: 1767225600000 }                                when the last socket went
//   { key: "o#1f…a", windowStartAt: 1767225600000, openings: 3 }            conversations opened lately

import * as v from "valibot";
import type { Handle, UserId } from "../../../core/domain/ids";
import type { Person } from "../../../core/domain/person";
import type { People } from "../../../core/domain/ports/people";
import type { Row } from "./attribute-values";
import type { Dynamo, Step } from "./dynamo";
import { handle as handleShape, userId } from "./row-shapes";

/** The same person saving on two devices at once; more than a few in a row is no longer that. */
const SAVES = 5;

export class DynamoPeople implements People {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly table: string,
  ) {}

  async byId(user: UserId): Promise<Person | undefined> {
    const row = await this.dynamo.get(this.table, profileKey(user));
    return row && personOf(row);
  }

  async byIds(users: readonly UserId[]): Promise<readonly Person[]> {
    // DynamoDB refuses a batch that names a key twice.
    const rows = await this.dynamo.getAll(this.table, [...new Set(users)].map(profileKey));
    return rows.map(personOf);
  }

  async byHandle(handle: Handle): Promise<Person | undefined> {
    const claim = await this.dynamo.get(this.table, claimKey(handle));
    const person = claim && (await this.byId(v.parse(claimRow, claim).user));
    // Between the two reads the handle may have been given up.
    return person?.handle === handle ? person : undefined;
  }

  /**
   * The claim, the profile and the end of the old claim in one transaction, each on the condition that nothing
   * has changed since the profile was read; if something has, it is read again.
   */
  async save(person: Person): Promise<"saved" | "taken"> {
    for (let attempt = 1; attempt <= SAVES; attempt += 1) {
      const before = await this.byId(person.user);
      const outcome = await this.dynamo.transact(this.stepsToSave(person, before));
      if (outcome.is === "written") return "saved";
      const claimed = outcome.held[0];
      if (claimed === false) return "taken";
    }
    throw new Error("unable to save a profile; it kept changing meanwhile");
  }

  async introduce(person: Person): Promise<"saved" | "taken" | "known"> {
    const { table } = this;
    const isNew = { where: "attribute_not_exists(#key)" };
    const { user, handle } = person;
    const mine = { where: "attribute_not_exists(#key) OR #user = :user", values: { user } };
    const outcome = await this.dynamo.transact([
      { is: "put", table, row: { ...claimKey(handle), user }, if: mine },
      { is: "put", table, row: { ...profileKey(user), ...person }, if: isNew },
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

  /** The claim comes first: whether it held tells "taken" from "changed meanwhile". */
  private stepsToSave(person: Person, before: Person | undefined): readonly Step[] {
    const { table } = this;
    const { user, handle } = person;
    const mine = { where: "attribute_not_exists(#key) OR #user = :user", values: { user } };
    const asRead = before
      ? { where: "#handle = :before OR #handle = :after", values: { before: before.handle, after: handle } }
      : { where: "attribute_not_exists(#key) OR #handle = :after", values: { after: handle } };
    const steps: Step[] = [
      { is: "put", table, row: { ...claimKey(handle), user }, if: mine },
      { is: "put", table, row: { ...profileKey(user), ...person }, if: asRead },
    ];
    if (!before || before.handle === handle) return steps;
    return [...steps, { is: "delete", table, key: claimKey(before.handle), if: mine }];
  }
}

const claimRow = v.object({ user: userId });
const leavingRow = v.object({ leftAt: v.number() });
const personRow = v.object({ user: userId, name: v.string(), handle: handleShape });

const personOf = (row: Row): Person => v.parse(personRow, row);

const profileKey = (user: UserId) => ({ key: `u#${user}` });
const claimKey = (handle: Handle) => ({ key: `h#${handle}` });
const leavingKey = (user: UserId) => ({ key: `l#${user}` });
const openingsKey = (user: UserId) => ({ key: `o#${user}` });
