import type { Handle, UserId } from "../ids";
import type { Person } from "../person";

export interface People {
  byId(user: UserId): Promise<Person | undefined>;
  /** In any order; who is not there is left out. */
  byIds(users: readonly UserId[]): Promise<readonly Person[]>;
  /** The owner of this handle. For a held handle (held-handles.ts), `person.handle` is the owner's present handle. */
  byHandle(handle: Handle, now: number): Promise<Person | undefined>;
  /**
   * Stores the person under this handle and holds the handle that the person had before (held-handles.ts). "taken"
   * (somebody else has or holds the handle) changes nothing.
   */
  save(person: Person, now: number): Promise<"saved" | "taken">;
  /** The same for somebody without a profile. "known": they have one by now, and it stays as it is. */
  introduce(person: Person, now: number): Promise<"saved" | "taken" | "known">;
  /** When this person's last socket went; written at `$disconnect`, read by `watch`. */
  leftAt(user: UserId): Promise<number | undefined>;
  left(user: UserId, at: number): Promise<void>;
  /** Counts one more opening of a new conversation in the window that began at `windowStartAt`. */
  countOpening(user: UserId, windowStartAt: number, limit: number): Promise<"counted" | "over">;
}
