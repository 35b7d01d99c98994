// Joins the parts. Which part holds what:
//
//   connection    the socket; questions and answers        log-reader   the log: pushed, paged, gaps
//   timelines     what is known, and the views of it       sender       the outboxes, onto the line
//   keeper        all writes to the store                  composing    new messages, into the outbox
//   listing       the list and its pages                   marks        watermarks both ways
//   older         scrolling up                             attention    presence and typing
//   people        handles and profiles                     lookout      whether a push was lost
//
// Nothing here decides anything about one of these; it says which of them hears of what.

import { isDeviceId, type DeviceId } from "../domain/ids";
import type { Random, Timers } from "../domain/ports/clock";
import { createAttention } from "./attention";
import { arrival } from "./arrival";
import { backoffMs } from "./backoff";
import type { ChatClient } from "./chat-client.types";
import { createComposing } from "./composing";
import { createConnection } from "./connection";
import type { Device } from "./device.types";
import { createKeeper } from "./keeper";
import { createListing } from "./listing";
import { createView } from "./live";
import { createLogReader } from "./log-reader";
import type { Log } from "./log-line";
import { createLookout } from "./lookout";
import { createMarks } from "./marks";
import { createOlder } from "./older";
import { openStore } from "./opening";
import { createPeople } from "./people";
import type { Sockets } from "./ports/socket";
import type { ClientStore, StoredMe } from "./ports/store";
import type { Surroundings } from "./ports/surroundings";
import type { Tokens } from "./ports/tokens";
import { createSender } from "./sender";
import { createTimelines } from "./timelines";
import type { Pushed, Welcome } from "./told.types";
import type { MeView } from "./views";

export type ChatClientPorts = {
  readonly sockets: Sockets;
  readonly tokens: Tokens;
  readonly store: ClientStore;
  readonly surroundings: Surroundings;
  readonly timers: Timers;
  readonly random: Random;
  /** A new id every time: 8 to 40 of A–Z a–z 0–9 _ -, not to be guessed. */
  readonly ids: () => string;
  readonly socketUrl: string;
  readonly log?: Log;
};

export function createChatClient(ports: ChatClientPorts): ChatClient {
  const { store, timers, random, tokens } = ports;
  const log = ports.log ?? (() => {});
  let owner: StoredMe | undefined;
  let deviceId: DeviceId | undefined;
  let life: "new" | "running" | "over" = "new";
  let storeRead = false;
  let everWelcomed = false;
  let listing = false;

  const timelines = createTimelines({
    me: () => owner?.user,
    listState: () => ({
      loaded: storeRead && (everWelcomed || timelines.all().length > 0),
      hasMore: list.hasMore(),
    }),
  });
  const keeper = createKeeper({
    store,
    log,
    timeline: timelines.get,
    saved: (conversation, upTo) => marks.saved(conversation, upTo),
  });
  const connection = createConnection(
    { ...ports, log },
    { device: device, welcomed, pushed, lost: () => attention.lost() },
  );
  const parts: Device = {
    me: () => owner?.user,
    id: device,
    timelines,
    keeper,
    store,
    tokens,
    connection,
    timers,
    newId: ports.ids,
    pauseMs: (tries, delayMs = 0) => delayMs + backoffMs(tries, random()),
    log,
  };
  const reader = createLogReader(parts, { idle: maybeCaughtUp });
  const sender = createSender(parts, reader);
  const composing = createComposing(parts, sender);
  const marks = createMarks(parts);
  const older = createOlder(parts);
  const attention = createAttention(parts);
  const lookout = createLookout(ports, reader);
  const list = createListing(parts, {
    listedAt: () => owner?.listedAt,
    listed: (listedAt) => become({ listedAt }),
    met: ({ conversation }) => {
      keeper.change(conversation);
      reader.need(conversation);
      marks.flushSoon(conversation);
      sender.pump(conversation);
    },
  });
  const people = createPeople(parts, {
    up: () => arrival(connection, timers),
    became: (person) => become({ person }),
    take: list.take,
  });
  const me = createView((): MeView => {
    if (!owner?.person) return { is: "unknown" };
    return { is: "known", me: owner.person, device: owner.device };
  });

  function device(): DeviceId {
    if (deviceId) return deviceId;
    const id = ports.ids();
    if (!isDeviceId(id))
      throw new RangeError("unable to name this device; the id that was made for it is none");
    return (deviceId = id);
  }

  function become(more: Partial<StoredMe>): void {
    if (!owner) return;
    owner = { ...owner, ...more };
    keeper.me(owner);
    me.touch();
  }

  async function start(): Promise<void> {
    if (life !== "new") return;
    life = "running";
    try {
      const opened = await openStore(store, timers);
      owner = opened.me;
      deviceId = owner?.device;
      for (const timeline of opened.timelines) timelines.put(timeline);
      composing.resume(opened.outbox);
    } catch (reason) {
      keeper.fail(reason);
    }
    storeRead = true;
    me.touch();
    timelines.touchList();
    if (life === "running") connection.start();
  }

  function welcomed(welcome: Welcome): void {
    if (owner && owner.user !== welcome.user) forgetOther();
    owner = {
      ...(owner ?? { user: welcome.user, device: device() }),
      ...(welcome.me && { person: welcome.me }),
    };
    keeper.me(owner);
    everWelcomed = true;
    me.touch();
    void people.welcomed(welcome);
    attention.welcomed();
    sender.pumpAll();
    for (const { kept } of timelines.all()) {
      reader.need(kept.conversation);
      marks.flushSoon(kept.conversation);
    }
    listing = true;
    void list.welcomed(welcome).then(() => {
      listing = false;
      maybeCaughtUp();
    });
  }

  /** Somebody else has signed in on this device: nothing of the one before may be seen or sent. */
  function forgetOther(): void {
    owner = undefined;
    timelines.clear();
    void keeper.wipe();
  }

  function maybeCaughtUp(): void {
    if (!listing && reader.isIdle()) connection.caughtUp();
  }

  function pushed(told: Pushed): void {
    switch (told.type) {
      case "entry":
        if (timelines.get(told.entry.conversation)) reader.absorb(told.entry.conversation, [told.entry]);
        else void list.refresh();
        return;
      case "marks":
        return marks.told(told.conversation, told.user, told.marks);
      case "typing":
        return attention.peerTypes(told.conversation, told.user, told.typing);
      case "presence":
        return attention.peerIs(told.user, told.presence);
      default:
        return told satisfies never;
    }
  }

  function stop(): void {
    life = "over";
    connection.stop();
    for (const part of [reader, sender, marks, attention, lookout]) part.stop();
  }

  return {
    start,
    stop,
    wipe: async () => {
      stop();
      owner = undefined;
      timelines.clear();
      me.touch();
      await keeper.wipe();
    },
    connection: connection.view,
    me,
    list: timelines.list,
    storage: keeper.view,
    timeline: (conversation) => {
      // Not at once: a screen asks while it draws, and must not be told of a change in the midst of it.
      void Promise.resolve().then(() => older.begin(conversation));
      return timelines.view(conversation);
    },
    open: async (handle) => {
      const answer = await people.open(handle);
      if (answer.is === "ok") await older.begin(answer.value);
      return answer;
    },
    loadMore: list.loadMore,
    loadOlder: older.load,
    send: (conversation, text) => {
      attention.wrote(conversation);
      return composing.send(conversation, text);
    },
    retry: composing.retry,
    discard: composing.discard,
    look: (conversation) => {
      attention.look(conversation);
      lookout.look(conversation);
      if (conversation) reader.first(conversation);
    },
    shown: marks.shown,
    typing: attention.typing,
    saveProfile: people.saveProfile,
    reconnectNow: connection.reconnectNow,
  };
}
