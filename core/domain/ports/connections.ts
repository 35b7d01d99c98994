import type { ConnectionId, ConversationId, DeviceId, UserId } from "../ids";

export type ReadyConnection = {
  readonly user: UserId;
  readonly connection: ConnectionId;
  readonly device: DeviceId;
  readonly expiresAt: number;
};

/** Who is connected. Rows past `expiresAt` are there for a while, and do not count. */
export interface Connections {
  /** `$connect` has been answered, `hello` has not been said. Not reached by pushes. */
  connecting(user: UserId, connection: ConnectionId, expiresAt: number): Promise<void>;
  /** `hello` or `here` was said. From here on every push reaches this socket. */
  ready(connection: ReadyConnection): Promise<void>;
  /**
   * Those that are ready after `now`, consistent: a socket whose `ready` has returned is in the answer. An earlier
   * `now` also finds those whose time was over since, for a month: when they were last there is known by them.
   */
  readyOf(user: UserId, now: number): Promise<readonly ReadyConnection[]>;
  /** Answers whether there was a row. */
  drop(user: UserId, connection: ConnectionId): Promise<boolean>;
}

/** Who wants to hear whether a person comes or goes. Ends by itself with the watching socket. */
export interface Watches {
  watch(watcher: ReadyConnection, person: UserId, conversation: ConversationId): Promise<void>;
  watchersOf(person: UserId, now: number): Promise<readonly Watcher[]>;
  unwatch(person: UserId, connection: ConnectionId): Promise<void>;
}

export type Watcher = { readonly user: UserId; readonly connection: ConnectionId };
