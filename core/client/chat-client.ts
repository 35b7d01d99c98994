// What the app holds: the board that its screens follow, and one door to the device, wherever it runs.

import type { ConversationId } from "../domain/ids";
import { createBoard } from "./board";
import type { ChatClient } from "./chat-client.types";
import { createComposing } from "./composing";
import { createDevice, type DevicePorts } from "./device";

export type ChatClientPorts = Omit<DevicePorts, "log"> & Partial<Pick<DevicePorts, "log">>;

export function createChatClient({ log = () => {}, ...ports }: ChatClientPorts): ChatClient {
  const board = createBoard();
  const { timelines } = board;
  const device = createDevice({ ...ports, log }, board);
  const composing = createComposing(
    { timelines, timers: ports.timers, newId: ports.ids, keeper: device.outbox },
    device,
  );
  let started = false;
  let looking: ConversationId | undefined;

  return {
    start: async () => {
      if (started) return;
      started = true;
      await device.start();
    },
    stop: device.stop,
    wipe: async () => {
      const wiped = device.wipe();
      board.set({ owner: undefined });
      timelines.clear();
      await wiped;
    },
    connection: board.connection,
    me: board.me,
    list: timelines.list,
    storage: board.storage,
    timeline: (conversation) => {
      // Not at once: a screen asks while it draws, and must not be told of a change in the midst of it.
      void Promise.resolve().then(() => device.begin(conversation));
      return timelines.view(conversation);
    },
    open: device.open,
    loadMore: device.loadMore,
    loadOlder: device.loadOlder,
    send: (conversation, text) => {
      device.wrote(conversation);
      return composing.send(conversation, text);
    },
    retry: composing.retry,
    discard: composing.discard,
    look: (conversation) => {
      if (looking) device.look([]);
      looking = conversation;
      if (conversation) device.look([conversation]);
    },
    shown: device.shown,
    typing: device.typing,
    saveProfile: device.saveProfile,
    reconnectNow: device.reconnectNow,
  };
}
