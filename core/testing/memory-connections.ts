import type { ConnectionId, ConversationId, UserId } from "../domain/ids";
import type { Connections, ReadyConnection, Watcher, Watches } from "../domain/ports/connections";

type Row = { readonly is: "connecting" } | { readonly is: "ready"; readonly connection: ReadyConnection };

export class MemoryConnections implements Connections {
  private readonly rows = new Map<UserId, Map<ConnectionId, Row>>();

  async connecting(user: UserId, connection: ConnectionId): Promise<void> {
    this.rowsOf(user).set(connection, { is: "connecting" });
  }

  async ready(connection: ReadyConnection): Promise<void> {
    this.rowsOf(connection.user).set(connection.connection, { is: "ready", connection });
  }

  async readyOf(user: UserId, now: number): Promise<readonly ReadyConnection[]> {
    return [...this.rowsOf(user).values()].flatMap((row) =>
      row.is === "ready" && row.connection.expiresAt > now ? [row.connection] : [],
    );
  }

  async drop(user: UserId, connection: ConnectionId): Promise<boolean> {
    return this.rowsOf(user).delete(connection);
  }

  private rowsOf(user: UserId): Map<ConnectionId, Row> {
    const rows = this.rows.get(user) ?? new Map<ConnectionId, Row>();
    this.rows.set(user, rows);
    return rows;
  }
}

export class MemoryWatches implements Watches {
  private readonly rows = new Map<UserId, Map<ConnectionId, ReadyConnection>>();

  async watch(watcher: ReadyConnection, person: UserId, _conversation: ConversationId): Promise<void> {
    const rows = this.rows.get(person) ?? new Map<ConnectionId, ReadyConnection>();
    this.rows.set(person, rows.set(watcher.connection, watcher));
  }

  async watchersOf(person: UserId, now: number): Promise<readonly Watcher[]> {
    return [...(this.rows.get(person)?.values() ?? [])]
      .filter((watcher) => watcher.expiresAt > now)
      .map(({ user, connection }) => ({ user, connection }));
  }

  async unwatch(person: UserId, connection: ConnectionId): Promise<void> {
    this.rows.get(person)?.delete(connection);
  }
}
