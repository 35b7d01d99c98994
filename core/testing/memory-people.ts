import { heldAfter, isOwnedBy, type Holder } from "../domain/held-handles";
import type { Handle, UserId } from "../domain/ids";
import type { Person } from "../domain/person";
import type { People } from "../domain/ports/people";

type Openings = { readonly windowStartAt: number; readonly count: number };

export class MemoryPeople implements People {
  private readonly holders = new Map<UserId, Holder>();
  private readonly leavings = new Map<UserId, number>();
  private readonly openings = new Map<UserId, Openings>();

  async byId(user: UserId): Promise<Person | undefined> {
    return this.holders.get(user)?.person;
  }

  async byIds(users: readonly UserId[]): Promise<readonly Person[]> {
    return [...new Set(users)].flatMap((user) => this.holders.get(user)?.person ?? []);
  }

  async byHandle(handle: Handle, now: number): Promise<Person | undefined> {
    return this.ownerOf(handle, now);
  }

  async save(person: Person, now: number): Promise<"saved" | "taken"> {
    const owner = this.ownerOf(person.handle, now);
    if (owner && owner.user !== person.user) return "taken";
    const before = this.holders.get(person.user);
    const held = before ? heldAfter(before, person.handle, now).held : [];
    this.holders.set(person.user, { person, held });
    return "saved";
  }

  async introduce(person: Person, now: number): Promise<"saved" | "taken" | "known"> {
    return this.holders.has(person.user) ? "known" : this.save(person, now);
  }

  async leftAt(user: UserId): Promise<number | undefined> {
    return this.leavings.get(user);
  }

  async left(user: UserId, at: number): Promise<void> {
    this.leavings.set(user, at);
  }

  async countOpening(user: UserId, windowStartAt: number, limit: number): Promise<"counted" | "over"> {
    const before = this.openings.get(user);
    const count = before?.windowStartAt === windowStartAt ? before.count : 0;
    if (count >= limit) return "over";
    this.openings.set(user, { windowStartAt, count: count + 1 });
    return "counted";
  }

  private ownerOf(handle: Handle, now: number): Person | undefined {
    return [...this.holders.values()].find((holder) => isOwnedBy(holder, handle, now))?.person;
  }
}
