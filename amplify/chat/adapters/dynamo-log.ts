import * as v from "valibot";
import type { Entry } from "../../../core/domain/entry";
import type { ConversationId, Seq } from "../../../core/domain/ids";
import type { Log } from "../../../core/domain/ports/log";
import type { Row } from "./attribute-values";
import type { Dynamo } from "./dynamo";
import { conversationId, deviceId, entryId, seq, tally, userId } from "./row-shapes";

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
}

/** The instant too: another attempt at the same message is not this one, and answers for itself. */
const isSame = (stored: Entry, entry: Entry): boolean =>
  stored.id === entry.id && stored.from === entry.from && stored.at === entry.at;

const placed = {
  conversation: conversationId,
  seq,
  id: entryId,
  from: userId,
  device: deviceId,
  at: v.number(),
  tally,
  state: v.variant("is", [
    v.object({ is: v.literal("open") }),
    v.object({ is: v.literal("closed"), by: userId }),
  ]),
  bumpedAt: v.number(),
  expiresAtSeconds: v.exactOptional(v.number()),
};

const entryRow = v.variant("kind", [
  v.object({ kind: v.literal("message"), body: v.object({ text: v.string() }), ...placed }),
  v.object({ kind: v.literal("closed"), ...placed }),
  v.object({ kind: v.literal("opened"), ...placed }),
]);

const entryOf = (row: Row): Entry => v.parse(entryRow, row);
