// Wrong ways of a device: what it says on the line, what it keeps, and when it wakes.

import type { ChatClientPorts } from "../../../core/client/chat-client";
import { GAP_MS } from "../../../core/client/log-reader";
import type { ClientStore } from "../../../core/client/ports/store";
import type { Socket } from "../../../core/client/ports/socket";
import { alone } from "../../../core/client/tabs/alone";
import { isEntryId, type EntryId } from "../../../core/domain/ids";
import { frameOf } from "../checker/frame";
import type { Pieces } from "../simulation/pieces";
import type { Bug } from "./planted";

type Client = Pieces["client"];

/** `up` changes what is said, `down` hears what is told. */
const withLine = (
  ports: ChatClientPorts,
  { up = (text) => text, down = () => {} }: { up?: (text: string) => string; down?: (text: string) => void },
): ChatClientPorts => ({
  ...ports,
  sockets: {
    connect: (request, events) => {
      const message = (text: string) => {
        down(text);
        events.message(text);
      };
      const socket = ports.sockets.connect(request, { ...events, message });
      return { send: (text) => socket.send(up(text)), close: () => socket.close() };
    },
  },
});

/** It asks from the highest that it has heard of, and never learns of what lies below. */
const skipsHoles: Client = (ports) => {
  const highest = new Map<string, number>();
  return withLine(ports, {
    down: (text) => {
      const frame = frameOf(text);
      if (frame?.name !== "entries") return;
      for (const { conversation, seq } of frame.entries)
        highest.set(conversation, Math.max(highest.get(conversation) ?? 0, seq));
    },
    up: (text) =>
      text.replace(
        /^(\{"action":"sync","conversation":"([^"]+)","after":)(\d+)/,
        (_, start: string, conversation: string, after: string) =>
          `${start}${Math.max(Number(after), highest.get(conversation) ?? 0)}`,
      ),
  });
};

/** What was put on the line counts as done. */
function emptiedOnSend(): Partial<Pieces> {
  const sent = new Map<ClientStore, Set<EntryId>>();
  const client: Client = (ports) => {
    const { store } = ports;
    const gone = sent.get(store) ?? new Set<EntryId>();
    sent.set(store, gone);
    const forgetful: ClientStore = {
      ...store,
      putOutbox: async (item) => (gone.has(item.id) ? undefined : store.putOutbox(item)),
      saveLog: ({ outbox = [], ...change }) =>
        store.saveLog({ ...change, outbox: outbox.filter(({ id }) => !gone.has(id)) }),
      outbox: async () => (await store.outbox()).filter(({ id }) => !gone.has(id)),
    };
    return withLine(
      { ...ports, store: forgetful },
      {
        up: (text) => {
          for (const { id } of frameOf(text)?.drafts ?? []) if (isEntryId(id)) gone.add(id);
          return text;
        },
      },
    );
  };
  return { client };
}

/** The server cannot know the second attempt for the first. */
const newIdOnRetry: Client = (ports) => {
  const sent = new Set<string>();
  return withLine(ports, {
    up: (text) => {
      let next = text;
      for (const { id } of frameOf(text)?.drafts ?? []) {
        if (sent.has(id)) next = next.replace(id, ports.ids());
        sent.add(id);
      }
      return next;
    },
  });
};

/** For a moment nobody finds this device. */
const closesFirst: Client = (ports) => {
  let standing: Socket | undefined;
  return {
    ...ports,
    sockets: {
      connect: (request, events) => {
        standing?.close();
        standing = undefined;
        const socket = ports.sockets.connect(request, {
          ...events,
          opened: () => {
            standing = socket;
            events.opened();
          },
        });
        return socket;
      },
    },
  };
};

/** Each tab takes itself for the only one, over the store of all of them. */
const everyTabLeads: Client = (ports) => ({ ...ports, neighbours: alone });

const gapTimerNeverFires: Client = (ports) => ({
  ...ports,
  timers: {
    now: () => ports.timers.now(),
    after: (delayMs, then) => (delayMs === GAP_MS ? () => {} : ports.timers.after(delayMs, then)),
  },
});

export const LINE_BUGS = {
  B5: { what: "a cursor that skips holes", breaks: ["I10"], plant: () => ({ client: skipsHoles }) },
  B11: { what: "outbox emptied on send", breaks: ["I10"], plant: emptiedOnSend },
  B12: {
    what: "a new id on retry",
    breaks: ["I2", "I10"],
    messages: 15,
    plant: () => ({ client: newIdOnRetry }),
  },
  B13: {
    what: "rotation that closes first",
    breaks: ["I12"],
    messages: 500,
    plant: () => ({ client: closesFirst }),
  },
  B15: { what: "two tabs draining one outbox", breaks: ["I5"], plant: () => ({ client: everyTabLeads }) },
  B19: {
    what: "a gap timer that never fires",
    breaks: ["I10"],
    plant: () => ({ client: gapTimerNeverFires }),
  },
} as const satisfies Record<string, Bug>;
