import type { Amendment, Entry, Erased, Message } from "../../../core/domain/entry";
import type { ConversationId, Seq } from "../../../core/domain/ids";
import type { Log } from "../../../core/domain/ports/log";
import type { Dynamo } from "./dynamo";
import { amendSteps } from "./amend-steps";
import { entryOf, isSaid } from "./entry-rows";

export class DynamoLog implements Log {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly table: string,
  ) {}

  async readFrom(conversation: ConversationId, from: Seq, limit: number): Promise<readonly Entry[]> {
    const rows = await this.dynamo.query({
      table: this.table,
      where: "#conversation = :conversation AND #seq >= :from",
      values: { conversation, from },
      limit,
    });
    return rows.map(entryOf);
  }

  async readBefore(conversation: ConversationId, before: Seq, limit: number): Promise<readonly Entry[]> {
    const rows = await this.dynamo.query({
      table: this.table,
      where: "#conversation = :conversation AND #seq < :before",
      values: { conversation, before },
      limit,
      descending: true,
    });
    return rows.map(entryOf).reverse();
  }

  async tail(conversation: ConversationId): Promise<Entry | undefined> {
    const rows = await this.dynamo.query({
      table: this.table,
      where: "#conversation = :conversation",
      values: { conversation },
      limit: 1,
      descending: true,
    });
    return rows.map(entryOf)[0];
  }

  /**
   * One conditional put. Its answer may be lost:
   *   1  the put is applied, the answer does not come
   *   2  the retry finds the slot filled, by this very entry
   * "taken" would then be untrue, so what stands there is compared before it is said.
   */
  async append(entry: Entry): Promise<"appended" | "taken"> {
    const written = await this.dynamo.put(this.table, entry, { where: "attribute_not_exists(#seq)" });
    if (written.is === "written") return "appended";
    const mayBeOurs = written.attempts > 1 && written.row !== undefined;
    return mayBeOurs && isSame(entryOf(written.row), entry) ? "appended" : "taken";
  }

  /**
   * One conditional update, as a rule; a second one where an edit arrives behind a later one. What stands in the
   * way is a later amendment of the same kind, this very one, or a delete: in each case it has had its effect.
   */
  async amend(amendment: Amendment): Promise<Message | Erased | undefined> {
    const { conversation, target } = amendment;
    let standing: Message | Erased | undefined;
    for (const { set, ...condition } of amendSteps(amendment)) {
      const written = await this.dynamo.update(this.table, { conversation, seq: target }, set, condition);
      const entry = written.row && entryOf(written.row);
      standing = entry && isSaid(entry) ? entry : undefined;
      if (written.is === "written" || !isLate(amendment, standing)) return standing;
    }
    return standing;
  }

  async eraseEdit(conversation: ConversationId, seq: Seq): Promise<void> {
    await this.dynamo.update(
      this.table,
      { conversation, seq },
      "SET #kind = :erased, #was = :edit REMOVE #body, #target",
      { where: "#kind = :edit", values: { erased: "erased", edit: "edit" } },
    );
  }
}

/** An edit that came behind a later one is still to be remembered. */
const isLate = (amendment: Amendment, standing: Message | Erased | undefined): boolean =>
  amendment.kind === "edit" && standing?.kind === "message" && !standing.edits?.includes(amendment.seq);

/** The instant too: another attempt at the same message is not this one, and answers for itself. */
const isSame = (stored: Entry, entry: Entry): boolean =>
  stored.id === entry.id && stored.from === entry.from && stored.at === entry.at;
