// Wrong ways to keep and to use the rows of sockets and watermarks.

import {
  isDeviceId,
  seqOf,
  type ConnectionId,
  type ConversationId,
  type UserId,
} from "../../../core/domain/ids";
import type { InboxRow } from "../../../core/domain/inbox-row";
import type { Connections, ReadyConnection } from "../../../core/domain/ports/connections";
import type { MarksToRaise } from "../../../core/domain/ports/inbox";
import { serveFrame } from "../../../core/protocol/serve";
import { MemoryInbox } from "../../../core/testing/memory-inbox";
import type { Pieces } from "../simulation/pieces";
import type { Bug } from "./planted";

const withConnections =
  (change: (rows: Connections) => Partial<Connections>): Pieces["ports"] =>
  (ports) => {
    const rows = ports.connections;
    const plain: Connections = {
      connecting: (...by) => rows.connecting(...by),
      ready: (...by) => rows.ready(...by),
      readyOf: (...by) => rows.readyOf(...by),
      drop: (...by) => rows.drop(...by),
    };
    return { ...ports, connections: { ...plain, ...change(plain) } };
  };

/** The function is frozen when it returns, and what it has begun with it. */
const notAwaited: Pieces["ports"] = (ports) => ({
  ...ports,
  push: {
    push: async (...by) => {
      void ports.push.push(...by);
      return "sent";
    },
  },
});

/** One condition for both marks, which lets an equal one pass: the other then falls. */
class LooseInbox extends MemoryInbox {
  private readonly marks = new Map<string, { readonly delivered: number; readonly read: number }>();

  override async raise(user: UserId, conversation: ConversationId, marks: MarksToRaise) {
    const before = this.peek(user, conversation);
    if (!before || marks.delivered < before.delivered) return "unchanged" as const;
    await super.raise(user, conversation, marks);
    const now = { delivered: marks.delivered, read: marks.read?.seq ?? before.read };
    this.marks.set(`${user} ${conversation}`, now);
    return now;
  }

  override peek(user: UserId, conversation: ConversationId): InboxRow | undefined {
    return this.loose(super.peek(user, conversation));
  }

  override async row(user: UserId, conversation: ConversationId): Promise<InboxRow | undefined> {
    return this.peek(user, conversation);
  }

  private loose(row: InboxRow | undefined): InboxRow | undefined {
    const marks = row && this.marks.get(`${row.user} ${row.conversation}`);
    return row && marks ? { ...row, delivered: seqOf(marks.delivered), read: seqOf(marks.read) } : row;
  }
}

/** A post to a socket that is only being opened is answered 410, like one to a socket that is gone. */
function connectingToo(): Partial<Pieces> {
  const connecting = new Map<ConnectionId, ReadyConnection>();
  const device = "connecting-socket";
  return {
    ports: withConnections((rows) => ({
      connecting: async (user, connection, expiresAt) => {
        await rows.connecting(user, connection, expiresAt);
        if (isDeviceId(device)) connecting.set(connection, { user, connection, device, expiresAt });
      },
      ready: async (row) => {
        await rows.ready(row);
        connecting.delete(row.connection);
      },
      readyOf: async (user, now) => [
        ...(await rows.readyOf(user, now)),
        ...[...connecting.values()].filter((row) => row.user === user && row.expiresAt > now),
      ],
      drop: (user, connection) => {
        connecting.delete(connection);
        return rows.drop(user, connection);
      },
    })),
  };
}

/** What is committed between the look at the tails and the row is in neither. */
const readsBeforeItRegisters: Pieces["serve"] = async (ports, caller, text) => {
  if (!text.includes('"action":"hello"')) return serveFrame(ports, caller, text);
  let row: ReadyConnection | undefined;
  const { connections } = withConnections(() => ({ ready: async (one) => void (row = one) }))(ports, ports);
  const welcome = await serveFrame({ ...ports, connections }, caller, text);
  if (row) await ports.connections.ready(row);
  return welcome;
};

/** An index knows of a row so much later. */
const INDEX_LAG_MS = 1_500;

function byIndex(): Partial<Pieces> {
  const since = new Map<ConnectionId, number>();
  return {
    ports: (ports, bare) =>
      withConnections((rows) => ({
        ready: async (row) => {
          await rows.ready(row);
          since.set(row.connection, ports.clock.now());
        },
        readyOf: async (user, now) => {
          const all = await rows.readyOf(user, now);
          return all.filter(({ connection }) => (since.get(connection) ?? 0) <= now - INDEX_LAG_MS);
        },
      }))(ports, bare),
  };
}

export const TABLE_BUGS = {
  B1: { what: "push not awaited", breaks: ["I10"], plant: () => ({ ports: notAwaited }) },
  B6: {
    what: "`>=` for `>` in a watermark's condition",
    breaks: ["I7"],
    seed: 235,
    plant: () => ({ inbox: new LooseInbox() }),
  },
  B7: {
    what: "a 410 that deletes rows still connecting",
    breaks: ["I10", "I12"],
    seed: 26,
    plant: connectingToo,
  },
  B8: {
    what: "`hello` that reads before it registers",
    breaks: ["I10"],
    plant: () => ({ serve: readsBeforeItRegisters }),
  },
  B9: { what: "devices found through an index", breaks: ["I10"], seed: 2, plant: byIndex },
  B14: {
    what: "expired rows not filtered",
    breaks: ["I12"],
    plant: () => ({ ports: withConnections((rows) => ({ readyOf: (user) => rows.readyOf(user, 0) })) }),
  },
} as const satisfies Record<string, Bug>;
