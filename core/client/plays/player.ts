// One device of one person on the stage, with the real client.

import type { ConversationId, UserId } from "../../domain/ids";
import { seededRandom } from "../../testing/seeded-random";
import { createChatClient } from "../chat-client";
import type { ChatClient } from "../chat-client.types";
import { createMemoryStore } from "../memory-store";
import type { Neighbours } from "../ports/neighbours";
import type { ClientStore } from "../ports/store";
import type { EntryView, MessageView } from "../views";
import { FINE, type Line, type Stage } from "./stage";

export class Player {
  client: ChatClient;
  readonly line: Line;
  online = true;
  visible = true;
  awake = true;
  /** What the tokens answer; how often they were asked for a fresh one. */
  session: "good" | "ended" | "unreachable" = "good";
  freshAsked = 0;
  /** How wrong this device's clock is. */
  deviceIsAheadMs = 0;
  /** What a browser does to the timers of a page that is hidden for long. */
  timersLateMs = 0;
  private life: "alive" | "frozen" | "dead" = "alive";
  private readonly late: (() => void)[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly stage: Stage,
    user: UserId,
    readonly store: ClientStore = createMemoryStore(),
    private readonly displayName: string | undefined = "Somebody",
    private readonly neighbours?: (player: Player) => Neighbours,
  ) {
    this.line = { user, alive: true, weather: FINE, refuseTokens: false };
    this.client = this.load();
  }

  /** The page goes and comes again: all that was in memory is gone. */
  async reload(): Promise<void> {
    this.client.stop();
    this.client = this.load();
    await this.start();
  }

  async start(runMs = 100): Promise<void> {
    void this.client.start();
    await this.stage.clock.run(runMs);
  }

  /** What happens to this page happens now, or when it thaws, or never. */
  run(then: () => void): void {
    if (this.life === "alive") then();
    else if (this.life === "frozen") this.late.push(then);
  }

  get isRunning(): boolean {
    return this.life === "alive" && this.awake;
  }

  /** The page hangs, or the browser has frozen it without a word. */
  freeze(): void {
    this.life = "frozen";
  }

  thaw(): void {
    this.life = "alive";
    for (const then of this.late.splice(0)) this.run(then);
  }

  /** The page is gone, without a last word. */
  crash(): void {
    this.life = "dead";
    this.cut();
  }

  /** The line stays dead until `heal`: nothing is told, nobody knows. */
  goDark(): void {
    this.line.alive = false;
  }

  cut(): void {
    this.stage.cut(this.line);
  }

  unplug(): void {
    this.line.alive = false;
    this.cut();
  }

  heal(): void {
    this.line.alive = true;
  }

  surroundings(change: {
    readonly online?: boolean;
    readonly visible?: boolean;
    readonly awake?: boolean;
  }): void {
    Object.assign(this, change);
    for (const listener of [...this.listeners]) listener();
  }

  entries(conversation: ConversationId): readonly EntryView[] {
    return this.client.timeline(conversation).getSnapshot()?.entries ?? [];
  }

  texts(conversation: ConversationId): readonly string[] {
    return this.messages(conversation).map(({ text }) => text);
  }

  /** "text progress", of one's own. */
  ticks(conversation: ConversationId): readonly string[] {
    return this.messages(conversation)
      .filter(({ mine }) => mine)
      .map(({ text, progress }) => `${text} ${progress?.is}`);
  }

  get connection(): string {
    return this.client.connection.getSnapshot().is;
  }

  private messages(conversation: ConversationId): readonly MessageView[] {
    return this.entries(conversation).filter((entry): entry is MessageView => entry.kind === "message");
  }

  private load(): ChatClient {
    const { clock, world } = this.stage;
    return createChatClient({
      sockets: {
        connect: (request, events) =>
          this.stage.connect(this.line, request, {
            opened: () => this.run(events.opened),
            message: (text) => this.run(() => events.message(text)),
            closed: (code, reason) => this.run(() => events.closed(code, reason)),
          }),
      },
      ...(this.neighbours && { neighbours: this.neighbours(this) }),
      tokens: {
        access: async ({ fresh }) => {
          if (fresh) this.freshAsked += 1;
          if (this.session !== "good") return this.session;
          return { jwt: this.line.user, expiresAt: clock.now() + 3_600_000 };
        },
        displayName: async () => this.displayName,
      },
      store: this.store,
      surroundings: {
        online: () => this.online,
        visible: () => this.visible,
        awake: () => this.awake,
        subscribe: (onChange) => {
          this.listeners.add(onChange);
          return () => this.listeners.delete(onChange);
        },
      },
      timers: {
        now: () => clock.now() + this.deviceIsAheadMs,
        after: (delayMs, then) => {
          // A timer that is due and waits for the page to thaw can still be cancelled.
          let isSet = true;
          const cancel = clock.after(delayMs + this.timersLateMs, () => this.run(() => isSet && then()));
          return () => {
            isSet = false;
            cancel();
          };
        },
      },
      random: seededRandom(Math.floor(world.random() * 1_000_000)),
      ids: () => world.ids.entry(),
      socketUrl: "wss://chat.test/chat",
    });
  }
}
