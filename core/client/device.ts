// One device of one person at work: the line, the outboxes, the store. It runs in the tab that leads and writes
// what it knows on the tab's board. Which part holds what:
//
//   connection    the socket; questions and answers        log-reader   the log: pushed, paged, gaps
//   keeper        all writes to the store                  sender       the outboxes, onto the line
//   listing       the list and its pages                   marks        watermarks both ways
//   older         scrolling up                             attention    presence and typing
//   people        handles and profiles                     lookout      whether a push was lost
//   amending      edits, deletes, reactions, blocks         heartbeat    that one is there
//
// This file decides nothing about any of these parts. It only connects them: which part hears of what.

import { isDeviceId, type ConversationId, type DeviceId, type EntryId } from "../domain/ids";
import type { Random, Timers } from "../domain/ports/clock";
import { createAdoption } from "./adopt";
import { createAmending, type Amending } from "./amending";
import { createAttention, type Attention } from "./attention";
import { arrival } from "./arrival";
import { backoffMs } from "./backoff";
import type { Board } from "./board";
import type { ChatClient } from "./chat-client.types";
import { createConnection } from "./connection";
import type { Device } from "./device.types";
import { createHeartbeat } from "./heartbeat";
import { createKeeper, type Keeper } from "./keeper";
import { createListing } from "./listing";
import { createLogReader } from "./log-reader";
import type { Log } from "./log-line";
import { createLookout } from "./lookout";
import { createMarks } from "./marks";
import { createOlder } from "./older";
import { openStore } from "./opening";
import { createPeople } from "./people";
import type { Sockets } from "./ports/socket";
import type { ClientStore, OutboxItem, StoredMe } from "./ports/store";
import type { Surroundings } from "./ports/surroundings";
import type { Tokens } from "./ports/tokens";
import { createSender, type Sender } from "./sender";
import type { Pushed, Welcome } from "./told.types";

export type DevicePorts = {
  readonly sockets: Sockets;
  readonly tokens: Tokens;
  readonly store: ClientStore;
  readonly surroundings: Surroundings;
  readonly timers: Timers;
  readonly random: Random;
  /** A new id every time: 8 to 40 of A–Z a–z 0–9 _ -, not to be guessed. */
  readonly ids: () => string;
  readonly socketUrl: string;
  readonly log: Log;
};

/** What a tab asks of the device, wherever it runs. */
export type DeviceAsked = Pick<
  ChatClient,
  "open" | "loadMore" | "loadOlder" | "saveProfile" | "shown" | "reconnectNow"
> &
  Pick<Attention, "typing" | "stoppedTyping" | "wrote"> &
  Amending & {
    /** The newest of it from the store. */
    readonly begin: (conversation: ConversationId) => Promise<void>;
    /** What was written in a tab, to be sent. Nothing happens when it is known, or was stored and is so no more. */
    readonly take: (item: OutboxItem, wasStored?: boolean) => Promise<void>;
    /** What was thrown away in a tab before it had a place in the log. */
    readonly drop: (conversation: ConversationId, id: EntryId) => Promise<void>;
  };

export type RunningDevice = DeviceAsked &
  Pick<Sender, "pump" | "release"> & {
    readonly outbox: Pick<Keeper, "message" | "forget">;
    /** Opens the line; before that reads the store, where the board is empty. Once. */
    readonly start: () => Promise<void>;
    readonly stop: () => void;
    /** Stops, and wipes the store. */
    readonly wipe: () => Promise<void>;
    /** What is looked at now, in all tabs together. */
    readonly look: (conversations: readonly ConversationId[]) => void;
  };

export function createDevice(ports: DevicePorts, board: Board): RunningDevice {
  const { store, timers, random, tokens, log } = ports;
  const { timelines } = board;
  let deviceId: DeviceId | undefined;
  let isOver = false;
  let listing = false;

  const keeper = createKeeper({
    store,
    log,
    timers,
    timeline: timelines.get,
    conversations: () => timelines.all().map(({ kept }) => kept.conversation),
    again: () => void readAgain(),
    saved: (conversation, next) => marks.saved(conversation, next),
  });
  const connection = createConnection(ports, {
    device,
    welcomed,
    pushed,
    lost: () => attention.lost(),
    unreached: () => heartbeat.doubted(),
  });
  const parts: Device = {
    me: () => board.state().owner?.user,
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
  const marks = createMarks(parts);
  const reader = createLogReader(parts, {
    idle: maybeCaughtUp,
    grown: (conversation) => lookout.grown(conversation),
    turned: (conversation) => attention.turned(conversation),
    missed: () => heartbeat.doubted(),
    marks,
  });
  const sender = createSender(parts, reader);
  const adoption = createAdoption(parts, sender);
  const older = createOlder(parts);
  const attention = createAttention(parts, ports.surroundings);
  const amending = createAmending(parts, sender);
  const lookout = createLookout(ports, reader);
  const heartbeat = createHeartbeat(parts);
  const list = createListing(parts, {
    listedAt: () => board.state().owner?.listedAt,
    listed: (listedAt) => become({ listedAt }),
    turned: (hasMore) => board.set({ hasMore }),
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
  connection.view.subscribe(() => {
    if (!isOver) board.set({ connection: connection.view.getSnapshot() });
  });
  keeper.view.subscribe(() => {
    if (!isOver) board.set({ storage: keeper.view.getSnapshot() });
  });

  function device(): DeviceId {
    const id = deviceId ?? board.state().owner?.device ?? ports.ids();
    if (!isDeviceId(id)) throw new RangeError("unable to create a device id; the generated id is malformed");
    return (deviceId = id);
  }

  function become(more: Partial<StoredMe>): void {
    const { owner } = board.state();
    if (!owner) return;
    const become = { ...owner, ...more };
    keeper.me(become);
    board.set({ owner: become });
  }

  async function start(): Promise<void> {
    if (board.state().opened) return takeOver();
    await readStore();
    board.set({ opened: true });
    if (!isOver) connection.start();
  }

  /** What is on the board already is newer. */
  async function readStore(): Promise<void> {
    try {
      const opened = await openStore(store);
      if (opened.me && !board.state().owner) board.set({ owner: opened.me });
      for (const timeline of opened.timelines)
        if (!timelines.get(timeline.kept.conversation)) timelines.put(timeline);
    } catch (reason) {
      keeper.fail(reason);
    }
  }

  /** The store works again: it may hold what this page has never read. */
  async function readAgain(): Promise<void> {
    await readStore();
    await adoption.pickUp();
  }

  /** Another tab led until now. The line need not wait for the store: what waits is sent when it is stored. */
  async function takeOver(): Promise<void> {
    board.set({ storage: keeper.view.getSnapshot() });
    connection.start();
    await adoption.takeOver();
    const { owner } = board.state();
    if (owner) keeper.me(owner);
  }

  function welcomed(welcome: Welcome): void {
    const before = board.state().owner;
    if (before && before.user !== welcome.user) forgetOther();
    const owner = {
      ...(board.state().owner ?? { user: welcome.user, device: device() }),
      ...(welcome.me && { person: welcome.me }),
    };
    keeper.me(owner);
    board.set({ owner, welcomed: true });
    void people.welcomed(welcome);
    attention.welcomed();
    marks.welcomed();
    heartbeat.welcomed();
    void adoption.pickUp();
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
    board.set({ owner: undefined });
    timelines.clear();
    void keeper.wipe();
  }

  function maybeCaughtUp(): void {
    if (!listing && reader.isIdle()) connection.caughtUp();
  }

  function pushed(told: Pushed): void {
    switch (told.type) {
      case "entries": {
        const conversation = told.entries[0]?.conversation;
        if (conversation && timelines.get(conversation)) reader.absorb(conversation, told.entries);
        else void list.refresh();
        return;
      }
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
    isOver = true;
    keeper.stop();
    connection.stop();
    for (const part of [reader, sender, marks, attention, lookout, heartbeat]) part.stop();
  }

  return {
    outbox: keeper,
    take: adoption.take,
    drop: adoption.drop,
    start,
    stop,
    wipe: async () => {
      stop();
      await keeper.wipe();
    },
    pump: sender.pump,
    release: sender.release,
    begin: older.begin,
    open: async (handle) => {
      const answer = await people.open(handle);
      if (answer.is === "ok") await older.begin(answer.value);
      return answer;
    },
    loadMore: list.loadMore,
    loadOlder: older.load,
    wrote: attention.wrote,
    look: (conversations) => {
      attention.look(conversations);
      lookout.look(conversations);
      reader.look(conversations);
    },
    shown: marks.shown,
    typing: attention.typing,
    stoppedTyping: attention.stoppedTyping,
    ...amending,
    saveProfile: people.saveProfile,
    reconnectNow: connection.reconnectNow,
  };
}
