// What the app holds: the board that its screens follow, and one door to the device, in whichever tab that runs.

import { createBoard } from "./board";
import type { ChatClient } from "./chat-client.types";
import { createComposing } from "./composing";
import type { DevicePorts } from "./device";
import { isShort } from "./older";
import type { Neighbours } from "./ports/neighbours";
import { createOwnTyping } from "./own-typing";
import { alone } from "./tabs/alone";
import { createSeat } from "./tabs/seat";

export type ChatClientPorts = Omit<DevicePorts, "log"> & {
  readonly log?: DevicePorts["log"];
  /** Absent where the browser has no such thing: each tab has a socket of its own then. */
  readonly neighbours?: Neighbours;
};

export function createChatClient(ports: ChatClientPorts): ChatClient {
  const { log = () => {}, neighbours = alone } = ports;
  const board = createBoard();
  const { timelines } = board;
  const seat = createSeat({ ...ports, log, neighbours }, board);
  const composing = createComposing(
    { timelines, timers: ports.timers, newId: ports.ids, keeper: seat.outbox },
    seat,
  );
  const ownTyping = createOwnTyping({
    ...ports,
    types: (conversation) => void seat.ask("typing", [conversation]),
    stopped: (conversation) => void seat.ask("stoppedTyping", [conversation]),
  });
  let started: Promise<void> | undefined;

  return {
    start: () => (started ??= seat.start()),
    stop: () => {
      ownTyping.stop();
      seat.stop();
    },
    wipe: () => {
      ownTyping.stop();
      return seat.wipe();
    },
    connection: board.connection,
    me: board.me,
    list: timelines.list,
    storage: board.storage,
    timeline: (conversation) => {
      // Not at once: a screen asks while it draws, and must not be told of a change in the midst of it.
      void Promise.resolve().then(() => {
        if (isShort(timelines.get(conversation))) void seat.ask("begin", [conversation]);
      });
      return timelines.view(conversation);
    },
    open: (handle) => seat.ask("open", [handle]),
    loadMore: () => seat.ask("loadMore", []),
    loadOlder: (conversation) => seat.ask("loadOlder", [conversation]),
    send: (conversation, text) => {
      ownTyping.wrote(conversation);
      void seat.ask("wrote", [conversation]);
      return composing.send(conversation, text);
    },
    retry: composing.retry,
    discard: composing.discard,
    edit: (...by) => seat.ask("edit", by),
    delete: (...by) => seat.ask("delete", by),
    undoDelete: (...by) => seat.ask("undoDelete", by),
    react: (...by) => seat.ask("react", by),
    history: (...by) => seat.ask("history", by),
    block: (...by) => seat.ask("block", by),
    unblock: (...by) => seat.ask("unblock", by),
    look: (conversation) => {
      ownTyping.look(conversation);
      seat.look(conversation);
    },
    shown: (conversation, seq) => void seat.ask("shown", [conversation, seq]),
    typing: (conversation, hasText = true) => ownTyping.changed(conversation, hasText),
    saveProfile: (profile) => seat.ask("saveProfile", [profile]),
    reconnectNow: () => void seat.ask("reconnectNow", []),
  };
}
