// DynamoDB cannot store the higher of two numbers. So what only rises is written on the condition that it does,
// and when that fails, worked out from the row that came back with the failure and written if that row still
// stands. Each round means that somebody else has raised something.

import * as v from "valibot";
import { NO_SEQ, seqOf, type ConversationId, type Seq, type UserId } from "../../../core/domain/ids";
import type { InboxRow, Watermarks } from "../../../core/domain/inbox-row";
import type { Inbox, InboxPage, MarksToRaise } from "../../../core/domain/ports/inbox";
import type { Row } from "./attribute-values";
import type { Dynamo, Written } from "./dynamo";
import { nextOf, startAfterOf } from "./inbox-next";
import { conversationId, seq, tally, userId } from "./row-shapes";

/** The devices of two people marking one conversation at once; a dozen rounds in a row is a bug. */
const ROUNDS = 12;

export class DynamoInbox implements Inbox {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly table: string,
    private readonly byActivityIndex: string,
  ) {}

  async row(user: UserId, conversation: ConversationId): Promise<InboxRow | undefined> {
    const row = await this.dynamo.get(this.table, { user, conversation });
    return row && inboxRowOf(row);
  }

  async byActivity(user: UserId, limit: number, next?: string): Promise<InboxPage> {
    const rows = await this.dynamo.query({
      table: this.table,
      index: this.byActivityIndex,
      where: "#user = :user",
      values: { user },
      // One more than asked for, to know whether there is more.
      limit: limit + 1,
      descending: true,
      ...(next === undefined ? {} : { startAfter: startAfterOf(next, user) }),
    });
    const page = rows.slice(0, limit).map(inboxRowOf);
    const last = page.at(-1);
    return last && rows.length > limit ? { rows: page, next: nextOf(last) } : { rows: page };
  }

  async open(user: UserId, conversation: ConversationId, at: number): Promise<InboxRow> {
    const fresh = { user, conversation, activeAt: at, ...UNTOUCHED };
    const written = await this.dynamo.put(this.table, fresh, { where: "attribute_not_exists(#user)" });
    return written.is === "unmet" && written.row ? inboxRowOf(written.row) : fresh;
  }

  async bump(conversation: ConversationId, members: readonly UserId[], activeAt: number, floor: Seq) {
    await Promise.all(members.map((user) => this.bumpOne(user, conversation, activeAt, floor)));
  }

  async raise(
    user: UserId,
    conversation: ConversationId,
    marks: MarksToRaise,
  ): Promise<Watermarks | "unchanged"> {
    const atOnce = await this.raiseAtOnce(user, conversation, marks);
    const climbed = await this.climb(atOnce, (row) => raised(row, marks));
    switch (climbed.is) {
      case "absent":
        return "unchanged";
      case "raised":
        return watermarksOf(climbed.row);
      case "stood":
        // A repeated call may find what it raised itself at an attempt whose answer was lost. To tell the other
        // side once more costs nothing; not to tell it leaves a tick behind.
        return atOnce.attempts > 1 ? watermarksOf(climbed.row) : "unchanged";
      default:
        return climbed satisfies never;
    }
  }

  private async bumpOne(user: UserId, conversation: ConversationId, activeAt: number, floor: Seq) {
    const atOnce = await this.dynamo.update(
      this.table,
      { user, conversation },
      `SET #activeAt = :activeAt, #floor = :floor, #delivered = if_not_exists(#delivered, :none),
        #read = if_not_exists(#read, :none), #tallyAtRead = if_not_exists(#tallyAtRead, :nobody)`,
      {
        where: "attribute_not_exists(#user) OR (#activeAt <= :activeAt AND #floor <= :floor)",
        values: { activeAt, floor, none: NO_SEQ, nobody: {} },
      },
    );
    await this.climb(atOnce, (row) =>
      activeAt <= row.activeAt && floor <= row.floor
        ? row
        : { ...row, activeAt: Math.max(row.activeAt, activeAt), floor: higher(row.floor, floor) },
    );
  }

  /** The usual case, in one write: everything that is told has risen. */
  private raiseAtOnce(user: UserId, conversation: ConversationId, marks: MarksToRaise): Promise<Written> {
    const { delivered, read } = marks;
    if (!read)
      return this.dynamo.update(this.table, { user, conversation }, "SET #delivered = :delivered", {
        where: "#delivered < :delivered",
        values: { delivered },
      });
    return this.dynamo.update(
      this.table,
      { user, conversation },
      "SET #delivered = :delivered, #read = :read, #tallyAtRead = :tally",
      {
        where: "#delivered <= :delivered AND #read < :read",
        values: { delivered: higher(delivered, read.seq), read: read.seq, tally: read.tally },
      },
    );
  }

  private async climb(atOnce: Written, next: (row: InboxRow) => InboxRow): Promise<Climbed> {
    let written = atOnce;
    for (let round = 0; round < ROUNDS; round += 1) {
      if (written.row === undefined) return { is: "absent" };
      const row = inboxRowOf(written.row);
      if (written.is === "written") return { is: "raised", row };
      const above = next(row);
      if (above === row) return { is: "stood", row };
      written = await this.replace(row, above);
    }
    throw new Error("unable to raise an inbox row; it kept changing meanwhile");
  }

  private replace(row: InboxRow, by: InboxRow): Promise<Written> {
    const { user, conversation, activeAt, floor, delivered, read, tallyAtRead } = by;
    return this.dynamo.update(
      this.table,
      { user, conversation },
      "SET #activeAt = :a, #floor = :f, #delivered = :d, #read = :r, #tallyAtRead = :t",
      {
        where: "#activeAt = :wasA AND #floor = :wasF AND #delivered = :wasD AND #read = :wasR",
        values: {
          ...{ a: activeAt, f: floor, d: delivered, r: read, t: tallyAtRead },
          ...{ wasA: row.activeAt, wasF: row.floor, wasD: row.delivered, wasR: row.read },
        },
      },
    );
  }
}

type Climbed =
  | { readonly is: "absent" }
  | { readonly is: "stood"; readonly row: InboxRow }
  | { readonly is: "raised"; readonly row: InboxRow };

const UNTOUCHED = { floor: NO_SEQ, delivered: NO_SEQ, read: NO_SEQ, tallyAtRead: {} };

/** The same row when nothing in it rises. */
function raised(row: InboxRow, { delivered, read }: MarksToRaise): InboxRow {
  const risen = read && read.seq > row.read ? { read: read.seq, tallyAtRead: read.tally } : undefined;
  const stored = higher(higher(row.delivered, delivered), read?.seq ?? NO_SEQ);
  if (!risen && stored === row.delivered) return row;
  return { ...row, ...risen, delivered: stored };
}

const higher = (one: Seq, other: Seq): Seq => seqOf(Math.max(one, other));

const watermarksOf = ({ delivered, read }: InboxRow): Watermarks => ({ delivered, read });

const inboxRow = v.object({
  user: userId,
  conversation: conversationId,
  activeAt: v.number(),
  floor: seq,
  delivered: seq,
  read: seq,
  tallyAtRead: tally,
});

const inboxRowOf = (row: Row): InboxRow => v.parse(inboxRow, row);
