import type { Entry, Reactions } from "../../../core/domain/entry";
import type { UserId } from "../../../core/domain/ids";
import type { LogEntry } from "../history/event";

/** Who is who in a history; and how the log says what a screen shows. */
export class Names {
  private readonly handles = new Map<UserId, string>();
  /** What changes is another object. */
  private readonly drawn = new WeakMap<Entry, LogEntry>();

  add(user: UserId, handle: string): void {
    this.handles.set(user, handle);
  }

  of(user: UserId): string {
    return this.handles.get(user) ?? user;
  }

  reaction(emoji: string, users: readonly UserId[]): string {
    return `${emoji} ${users.map((user) => this.of(user)).join()}`;
  }

  logEntry(entry: Entry): LogEntry {
    const before = this.drawn.get(entry);
    if (before) return before;
    const drawn = this.draw(entry);
    this.drawn.set(entry, drawn);
    return drawn;
  }

  private draw(entry: Entry): LogEntry {
    const { seq, id, from, kind } = entry;
    const place = { seq, id, from, kind };
    switch (entry.kind) {
      case "message": {
        const reactions = this.reactions(entry.reactions ?? {});
        return { ...place, text: entry.body.text, ...(reactions.length > 0 && { reactions }) };
      }
      case "edit":
        return { ...place, text: entry.body.text, target: entry.target };
      case "delete":
      case "reaction":
        return { ...place, target: entry.target };
      case "erased":
        return { ...place, was: entry.was };
      case "closed":
      case "opened":
        return place;
      default:
        return entry satisfies never;
    }
  }

  /** The oldest first, those of one emoji together. */
  private reactions(reactions: Reactions): readonly string[] {
    // The keys of the map are users: its type says so, Object.entries forgets it.
    const all = Object.entries(reactions) as [UserId, Reactions[UserId]][];
    const users = new Map<string, UserId[]>();
    for (const [user, one] of all.sort(([, a], [, b]) => (a?.seq ?? 0) - (b?.seq ?? 0)))
      if (one?.emoji !== undefined) users.set(one.emoji, [...(users.get(one.emoji) ?? []), user]);
    return [...users].map(([emoji, by]) => this.reaction(emoji, by));
  }
}
