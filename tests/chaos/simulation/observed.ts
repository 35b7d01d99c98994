// The memory adapters, telling the history what happens to rows and watermarks, and counting what is written.

import type { Caller } from "../../../core/domain/caller";
import type { ConversationId, UserId } from "../../../core/domain/ids";
import type { Connections } from "../../../core/domain/ports/connections";
import type { Inbox } from "../../../core/domain/ports/inbox";
import type { Entry } from "../../../core/domain/entry";
import type { Log } from "../../../core/domain/ports/log";
import type { Recorder } from "../history/recorder";

export type Cost = { puts: number; writes: number };

const tellRow = (recorder: Recorder, { user, connection }: Caller, what: "ready" | "gone") =>
  recorder.tell({ is: "row", user, socket: connection, what });

export const observedConnections = (rows: Connections, recorder: Recorder): Connections => ({
  connecting: (...by) => rows.connecting(...by),
  ready: async (connection) => {
    await rows.ready(connection);
    tellRow(recorder, connection, "ready");
  },
  readyOf: (...by) => rows.readyOf(...by),
  drop: async (user, connection) => {
    const was = await rows.drop(user, connection);
    if (was) tellRow(recorder, { user, connection }, "gone");
    return was;
  },
});

type Peeking = Inbox & {
  readonly peek: (
    user: UserId,
    conversation: ConversationId,
  ) => { readonly delivered: number; readonly read: number } | undefined;
};

export const observedInbox = (inbox: Peeking, recorder: Recorder, cost: Cost): Inbox => ({
  row: (...by) => inbox.row(...by),
  byActivity: (...by) => inbox.byActivity(...by),
  open: (...by) => inbox.open(...by),
  bump: (conversation, members, ...by) => {
    cost.writes += members.length;
    return inbox.bump(conversation, members, ...by);
  },
  raise: async (user, conversation, marks) => {
    const risen = await inbox.raise(user, conversation, marks);
    const now = inbox.peek(user, conversation);
    if (now && risen !== "unchanged")
      recorder.tell({ is: "watermarks", user, conversation, delivered: now.delivered, read: now.read });
    return risen;
  },
});

/** A put whose condition fails is billed too. */
export const observedLog = (log: Log, cost: Cost, appended: (entry: Entry) => void): Log => ({
  readFrom: (...by) => log.readFrom(...by),
  readBefore: (...by) => log.readBefore(...by),
  tail: (...by) => log.tail(...by),
  append: async (entry) => {
    cost.puts += 1;
    cost.writes += 1;
    const outcome = await log.append(entry);
    if (outcome === "appended") appended(entry);
    return outcome;
  },
  amend: (amendment) => {
    cost.writes += 1;
    return log.amend(amendment);
  },
  eraseEdit: (...by) => {
    cost.writes += 1;
    return log.eraseEdit(...by);
  },
});
