// A device of a demo person: the product's own client over a real socket, without a screen.

import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import { createChatClient } from "../../core/client/chat-client";
import type { Answer, ChatClient, Live } from "../../core/client/chat-client.types";
import { createMemoryStore } from "../../core/client/memory-store";
import type { Sockets } from "../../core/client/ports/socket";
import type { ClientStore } from "../../core/client/ports/store";
import type { EntryView, MessageView } from "../../core/client/views";
import type { ConversationId, EntryId } from "../../core/domain/ids";

export type DeviceOptions = {
  readonly name: string;
  readonly socketUrl: string;
  readonly accessToken: () => string;
  /** The cloud's time, by which the device dates its messages. */
  readonly now: () => number;
  /** Keeps the log and the outbox from one connection to the next. */
  readonly store: ClientStore;
};

/** Cold functions included. */
const PATIENCE_MS = 20_000;
const TOKEN_MS = 3_600_000;

const nodeSockets: Sockets = {
  connect: ({ url, protocols }, events) => {
    const socket = new WebSocket(url, [...protocols]);
    socket.on("open", () => events.opened());
    socket.on("message", (bytes) => events.message(String(bytes)));
    // A close follows each error, and says more.
    socket.on("error", () => undefined);
    socket.on("close", (code, reason) => events.closed(code, String(reason)));
    return { send: (text) => socket.send(text), close: () => socket.close(1000) };
  },
};

export const createDeviceStore = createMemoryStore;

function clientOf({ socketUrl, accessToken, name, now, store }: DeviceOptions): ChatClient {
  return createChatClient({
    sockets: nodeSockets,
    tokens: {
      access: async () => ({ jwt: accessToken(), expiresAt: now() + TOKEN_MS }),
      displayName: async () => name,
    },
    store,
    surroundings: {
      online: () => true,
      visible: () => true,
      awake: () => true,
      subscribe: () => () => undefined,
    },
    timers: {
      now,
      after: (delayMs, then) => {
        const timer = setTimeout(then, delayMs);
        return () => clearTimeout(timer);
      },
    },
    random: Math.random,
    ids: () => randomBytes(15).toString("base64url"),
    socketUrl,
  });
}

/** `write` and `edit` resolve once the server has them; `read`, `react` and `delete` once the client has taken them. */
export class DemoDevice {
  private constructor(
    private readonly name: string,
    private readonly client: ChatClient,
    private readonly conversation: ConversationId,
  ) {}

  /** Signed in, connected, and at the conversation with the person of this handle. */
  static async open(options: DeviceOptions, peerHandle: string): Promise<DemoDevice> {
    const client = clientOf(options);
    try {
      await client.start();
      await until(`${options.name} is connected`, client.connection, ({ is }) => is === "live");
      const conversation = valueOf("open the conversation", await client.open(peerHandle));
      client.look(conversation);
      return new DemoDevice(options.name, client, conversation);
    } catch (error) {
      client.stop();
      throw error;
    }
  }

  async write(text: string): Promise<EntryId> {
    const id = valueOf("write", await this.client.send(this.conversation, text));
    await this.sees(`"${text}" is sent`, (entries) => messageIn(entries, id)?.seq !== undefined);
    return id;
  }

  async edit(id: EntryId, text: string): Promise<void> {
    await this.has(id);
    valueOf("edit", await this.client.edit(this.conversation, id, text));
    await this.sees(`"${text}" replaces a message`, (entries) => {
      const message = messageIn(entries, id);
      return message?.text === text && message.edited !== undefined && message.change === undefined;
    });
  }

  async react(id: EntryId, emoji: string): Promise<void> {
    const { from } = await this.has(id);
    valueOf("react", await this.client.react(this.conversation, { from, id }, emoji));
  }

  /** The client keeps a deletion back for a while, so that a person can undo it. */
  async delete(id: EntryId): Promise<void> {
    await this.has(id);
    valueOf("delete", await this.client.delete(this.conversation, id));
  }

  /** This person sees the message. */
  async read(id: EntryId): Promise<void> {
    const { seq } = await this.has(id);
    if (seq !== undefined) this.client.shown(this.conversation, seq);
  }

  /** The other person has seen the message, and this device knows. */
  isRead(id: EntryId): Promise<void> {
    return this.sees("a message is read", (entries) => messageIn(entries, id)?.progress?.is === "read");
  }

  isReceived(id: EntryId): Promise<void> {
    return this.sees("a message is received", (entries) =>
      ["delivered", "read"].includes(messageIn(entries, id)?.progress?.is ?? ""),
    );
  }

  isDeleted(id: EntryId): Promise<void> {
    return this.sees("a message is deleted", (entries) =>
      entries.some((entry) => entry.id === id && entry.kind === "deleted" && entry.undoUntil === undefined),
    );
  }

  hasReaction(id: EntryId): Promise<void> {
    return this.sees(
      "a reaction is there",
      (entries) => (messageIn(entries, id)?.reactions ?? []).length > 0,
    );
  }

  close(): void {
    this.client.stop();
  }

  private async has(id: EntryId): Promise<MessageView> {
    await this.sees("a message arrives", (entries) => messageIn(entries, id)?.seq !== undefined);
    const message = messageIn(this.entries(), id);
    if (message === undefined)
      throw new Error(`unable to prepare the demo; a message of ${this.name} is gone`);
    return message;
  }

  private entries(): readonly EntryView[] {
    return this.client.timeline(this.conversation).getSnapshot()?.entries ?? [];
  }

  private sees(what: string, isSo: (entries: readonly EntryView[]) => boolean): Promise<void> {
    return until(`${this.name} sees that ${what}`, this.client.timeline(this.conversation), (timeline) =>
      isSo(timeline?.entries ?? []),
    );
  }
}

const messageIn = (entries: readonly EntryView[], id: EntryId): MessageView | undefined =>
  entries.find((entry): entry is MessageView => entry.kind === "message" && entry.id === id);

function valueOf<T>(what: string, answer: Answer<T>): T {
  if (answer.is === "ok") return answer.value;
  const reason = answer.is === "refused" ? `the server refused it with ${answer.code}` : "no answer came";
  throw new Error(`unable to prepare the demo; to ${what}: ${reason}`);
}

function until<T>(what: string, live: Live<T>, isSo: (value: T) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (!isSo(live.getSnapshot())) return;
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const unsubscribe = live.subscribe(look);
    const timer = setTimeout(() => {
      unsubscribe();
      reject(
        new Error(
          `unable to prepare the demo; within ${PATIENCE_MS / 1_000} s it did not happen that ${what}`,
        ),
      );
    }, PATIENCE_MS);
    look();
  });
}
