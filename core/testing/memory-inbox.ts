import { NO_SEQ, seqOf, type ConversationId, type Seq, type UserId } from "../domain/ids";
import type { InboxRow, Watermarks } from "../domain/inbox-row";
import type { Inbox, InboxPage, MarksToRaise } from "../domain/ports/inbox";
import { Refusal } from "../domain/refusal";
import type { Pause } from "./memory-log";

export class MemoryInbox implements Inbox {
  private readonly rows = new Map<string, InboxRow>();

  constructor(private readonly pause?: Pause) {}

  async row(user: UserId, conversation: ConversationId): Promise<InboxRow | undefined> {
    await this.pause?.();
    const row = this.rows.get(keyOf(user, conversation));
    await this.pause?.();
    return row;
  }

  async byActivity(user: UserId, limit: number, next?: string): Promise<InboxPage> {
    const rows = [...this.rows.values()].filter((row) => row.user === user).sort(newestFirst);
    const last = next === undefined ? -1 : rows.findIndex((row) => row.conversation === next);
    if (next !== undefined && last === -1) throw new Refusal("bad-frame");
    const page = rows.slice(last + 1, last + 1 + limit);
    const end = page.at(-1);
    return end && last + 1 + limit < rows.length ? { rows: page, next: end.conversation } : { rows: page };
  }

  async open(user: UserId, conversation: ConversationId, at: number): Promise<InboxRow> {
    const existing = this.rows.get(keyOf(user, conversation));
    return existing ?? this.store(emptyRow(user, conversation, at));
  }

  async bump(conversation: ConversationId, members: readonly UserId[], activeAt: number, floor: Seq) {
    for (const user of members) {
      await this.pause?.();
      const row = this.rows.get(keyOf(user, conversation)) ?? emptyRow(user, conversation, activeAt);
      this.store({ ...row, activeAt: Math.max(row.activeAt, activeAt), floor: higher(row.floor, floor) });
      await this.pause?.();
    }
  }

  async raise(
    user: UserId,
    conversation: ConversationId,
    marks: MarksToRaise,
  ): Promise<Watermarks | "unchanged"> {
    const row = this.rows.get(keyOf(user, conversation));
    if (!row) return "unchanged";
    const read = higher(row.read, marks.read?.seq ?? NO_SEQ);
    const delivered = higher(higher(row.delivered, marks.delivered), read);
    if (read === row.read && delivered === row.delivered) return "unchanged";
    const tallyAtRead = marks.read && read > row.read ? marks.read.tally : row.tallyAtRead;
    this.store({ ...row, delivered, read, tallyAtRead });
    return { delivered, read };
  }

  /** What is stored, without asking: for the checks of a test. */
  peek(user: UserId, conversation: ConversationId): InboxRow | undefined {
    return this.rows.get(keyOf(user, conversation));
  }

  /** As if a write of this row had never happened. */
  lose(user: UserId, conversation: ConversationId): void {
    this.rows.delete(keyOf(user, conversation));
  }

  private store(row: InboxRow): InboxRow {
    this.rows.set(keyOf(row.user, row.conversation), row);
    return row;
  }
}

const keyOf = (user: UserId, conversation: ConversationId) => `${user} ${conversation}`;
const higher = (one: Seq, other: Seq): Seq => seqOf(Math.max(one, other));
/** Equal instants need an order too, or paging by the last row would skip one. */
const newestFirst = (one: InboxRow, other: InboxRow) =>
  other.activeAt - one.activeAt || (one.conversation < other.conversation ? -1 : 1);

const emptyRow = (user: UserId, conversation: ConversationId, activeAt: number): InboxRow => ({
  user,
  conversation,
  activeAt,
  floor: NO_SEQ,
  delivered: NO_SEQ,
  read: NO_SEQ,
  tallyAtRead: {},
});
