// What stands in the tables, read past the cloud: straight from the engine's process, which permits everything.

import { basename, resolve } from "node:path";
import * as v from "valibot";
import { rowOf, type Row } from "../../../amplify/chat/adapters/attribute-values";
import { entryOf } from "../../../amplify/chat/adapters/entry-rows";
import type { Entry } from "../../../core/domain/entry";
import type { ConversationId, UserId } from "../../../core/domain/ids";
import { runningProcesses } from "../../../local/running";
import { engineClient } from "../../../local/tables/engine-client";

const page = v.object({ Items: v.array(v.unknown()), LastEvaluatedKey: v.optional(v.unknown()) });
const names = v.object({ TableNames: v.array(v.string()) });
const marks = v.object({ delivered: v.number(), read: v.number() });
const connection = v.object({
  connectionId: v.string(),
  state: v.string(),
  expiresAt: v.number(),
  device: v.optional(v.string()),
});

export type TableName = "Log" | "Inbox" | "Connections";

export class Tables {
  private readonly names = new Map<string, string>();

  constructor(private readonly dataDir: string) {}

  /** The last `most` of them, in their order; all of them without. */
  async log(conversation: ConversationId, most = Number.POSITIVE_INFINITY): Promise<readonly Entry[]> {
    const rows = await this.rows("Log", "conversation", conversation, most);
    return rows.map(entryOf).reverse();
  }

  async marks(user: UserId, conversation: ConversationId) {
    const rows = await this.rows("Inbox", "user", user);
    const row = rows.find((one) => one["conversation"] === conversation);
    return row && v.parse(marks, row);
  }

  /** The sockets that the server takes for connected, and whose they are. */
  async ready(user: UserId, now: number) {
    const rows = await this.rows("Connections", "user", user);
    return rows
      .map((row) => v.parse(connection, row))
      .filter(({ state, expiresAt }) => state === "ready" && expiresAt > now);
  }

  private async rows(
    table: TableName,
    key: string,
    value: string,
    most = Number.POSITIVE_INFINITY,
  ): Promise<readonly Row[]> {
    const call = engineClient(this.endpoint());
    const rows: Row[] = [];
    let from: unknown;
    do {
      const answer = await call("Query", {
        TableName: await this.nameOf(table),
        KeyConditionExpression: "#key = :value",
        ExpressionAttributeNames: { "#key": key },
        ExpressionAttributeValues: { ":value": { S: value } },
        ConsistentRead: true,
        ScanIndexForward: false,
        ...(Number.isFinite(most) ? { Limit: most } : {}),
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      });
      const { Items, LastEvaluatedKey } = v.parse(page, answer);
      rows.push(...Items.map(rowOf));
      from = LastEvaluatedKey;
    } while (from !== undefined && rows.length < most);
    return rows;
  }

  private async nameOf(table: TableName): Promise<string> {
    const known = this.names.get(table);
    if (known !== undefined) return known;
    const { TableNames } = v.parse(names, await engineClient(this.endpoint())("ListTables", {}));
    const name = TableNames.find((one) => one.includes(`Tables${table}`));
    if (name === undefined) throw new Error(`unable to read ${table}; there are ${TableNames.join(", ")}`);
    this.names.set(table, name);
    return name;
  }

  /** An engine that was killed may come back with another process; its command line says where it listens. */
  private endpoint(): string {
    const place = resolve(this.dataDir);
    for (const { command } of runningProcesses()) {
      if (!["dynoxide", "java"].includes(basename(command[0] ?? ""))) continue;
      if (!command.some((word) => word.startsWith(place))) continue;
      const port = command[command.findIndex((word) => /^-{1,2}port$/.test(word)) + 1];
      if (port !== undefined) return `http://127.0.0.1:${port}`;
    }
    throw new Error("unable to read the tables; their engine does not run");
  }
}
