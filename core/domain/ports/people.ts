import type { Handle, UserId } from "../ids";
import type { Person } from "../person";

export interface People {
  byId(user: UserId): Promise<Person | undefined>;
  /** In any order; who is not there is left out. */
  byIds(users: readonly UserId[]): Promise<readonly Person[]>;
  byHandle(handle: Handle): Promise<Person | undefined>;
  /**
   * Stores the person under this handle and gives up the handle that they had before, all or nothing.
   * "taken" (by somebody else) changes nothing.
   */
  save(person: Person): Promise<"saved" | "taken">;
  /** The same for somebody without a profile. "known": they have one by now, and it stays as it is. */
  introduce(person: Person): Promise<"saved" | "taken" | "known">;
  /** When this person's last socket went; written at `$disconnect`, read by `watch`. */
  leftAt(user: UserId): Promise<number | undefined>;
  left(user: UserId, at: number): Promise<void>;
  /** Counts one more opening of a new conversation in the window that began at `windowStartAt`. */
  countOpening(user: UserId, windowStartAt: number, limit: number): Promise<"counted" | "over">;
}
