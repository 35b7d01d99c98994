// Sockets, and under partitions of their own who watches whom. Both are found by a consistent query of the table
// itself: an index would lag, and a lagging index loses live messages.
//
//   { user: "1f…a", connectionId: "L0SM9cOFvHcCIhw=", state: "ready", device: "dk2…", expiresAt: 1767227…000,
//     expiresAtSeconds: 1769819… }
//   { user: "watch#7c…e", connectionId: "L0SM9cOFvHcCIhw=", watcher: "1f…a", conversation: "d.1f…a.7c…e", … }

import * as v from "valibot";
import type { ConnectionId, ConversationId, UserId } from "../../../core/domain/ids";
import type { Connections, ReadyConnection, Watcher, Watches } from "../../../core/domain/ports/connections";
import type { Row } from "./attribute-values";
import type { Dynamo } from "./dynamo";
import { connectionId, deviceId, userId } from "./row-shapes";

/**
 * A row that is over says when somebody was last there. One is left behind only where nobody was told that a socket
 * ended, and it is read with the others of that person.
 */
const KEPT_MS = 30 * 24 * 3_600_000;

export class DynamoConnections implements Connections {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly table: string,
  ) {}

  async connecting(user: UserId, connection: ConnectionId, expiresAt: number): Promise<void> {
    const row = { user, connectionId: connection, state: "connecting" };
    await this.dynamo.put(this.table, { ...row, ...expiry(expiresAt, 0) });
  }

  async ready({ user, connection, device, expiresAt }: ReadyConnection): Promise<void> {
    const row = { user, connectionId: connection, state: "ready", device };
    await this.dynamo.put(this.table, { ...row, ...expiry(expiresAt, KEPT_MS) });
  }

  async readyOf(user: UserId, now: number): Promise<readonly ReadyConnection[]> {
    const rows = await rowsUnder(this.dynamo, this.table, user);
    return rows
      .map((row) => v.parse(connectionRow, row))
      .flatMap((row) => (row.state === "ready" && row.expiresAt > now ? [readyConnectionOf(row)] : []));
  }

  async drop(user: UserId, connection: ConnectionId): Promise<boolean> {
    const deleted = await this.dynamo.delete(this.table, { user, connectionId: connection });
    // A repeated delete may have removed the row at an attempt whose answer was lost. To say that there was one
    // costs its watchers a word too many; to say that there was none would leave them believing in a ghost.
    return deleted.row !== undefined || deleted.attempts > 1;
  }
}

export class DynamoWatches implements Watches {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly table: string,
  ) {}

  async watch(watcher: ReadyConnection, person: UserId, conversation: ConversationId): Promise<void> {
    const row = { user: watchersKey(person), connectionId: watcher.connection, watcher: watcher.user };
    await this.dynamo.put(this.table, { ...row, conversation, ...expiry(watcher.expiresAt, 0) });
  }

  async watchersOf(person: UserId, now: number): Promise<readonly Watcher[]> {
    const rows = await rowsUnder(this.dynamo, this.table, watchersKey(person));
    return rows
      .map((row) => v.parse(watchRow, row))
      .filter((row) => row.expiresAt > now)
      .map((row) => ({ user: row.watcher, connection: row.connectionId }));
  }

  async unwatch(person: UserId, connection: ConnectionId): Promise<void> {
    await this.dynamo.delete(this.table, { user: watchersKey(person), connectionId: connection });
  }
}

const connectionRow = v.variant("state", [
  v.object({ state: v.literal("connecting") }),
  v.object({
    state: v.literal("ready"),
    user: userId,
    connectionId,
    device: deviceId,
    expiresAt: v.number(),
  }),
]);

const watchRow = v.object({ watcher: userId, connectionId, expiresAt: v.number() });

type ReadyRow = Extract<v.InferOutput<typeof connectionRow>, { state: "ready" }>;

const readyConnectionOf = ({
  user,
  connectionId: connection,
  device,
  expiresAt,
}: ReadyRow): ReadyConnection => ({
  user,
  connection,
  device,
  expiresAt,
});

/** No user id has a `#`, so this partition is nobody's own. */
const watchersKey = (person: UserId): string => `watch#${person}`;

/** The instant that reads go by, and the seconds that TTL wants: it deletes up to days late. */
const expiry = (expiresAt: number, keptMs: number) => ({
  expiresAt,
  expiresAtSeconds: Math.ceil((expiresAt + keptMs) / 1000),
});

const rowsUnder = (dynamo: Dynamo, table: string, user: string): Promise<readonly Row[]> =>
  dynamo.query({ table, where: "#user = :user", values: { user } });
