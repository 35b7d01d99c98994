import type { Handle, UserId } from "../domain/ids";
import type { Person } from "../domain/person";
import type { People } from "../domain/ports/people";

type Openings = { readonly windowStartAt: number; readonly count: number };

export class MemoryPeople implements People {
  private readonly people = new Map<UserId, Person>();
  private readonly leavings = new Map<UserId, number>();
  private readonly openings = new Map<UserId, Openings>();

  async byId(user: UserId): Promise<Person | undefined> {
    return this.people.get(user);
  }

  async byIds(users: readonly UserId[]): Promise<readonly Person[]> {
    return [...new Set(users)].flatMap((user) => this.people.get(user) ?? []);
  }

  async byHandle(handle: Handle): Promise<Person | undefined> {
    return this.ownerOf(handle);
  }

  async save(person: Person): Promise<"saved" | "taken"> {
    const owner = this.ownerOf(person.handle);
    if (owner && owner.user !== person.user) return "taken";
    this.people.set(person.user, person);
    return "saved";
  }

  async introduce(person: Person): Promise<"saved" | "taken" | "known"> {
    return this.people.has(person.user) ? "known" : this.save(person);
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

  private ownerOf(handle: Handle): Person | undefined {
    return [...this.people.values()].find((person) => person.handle === handle);
  }
}
