// One running client of one person, with the product's own code. It can hang, sleep, be hidden, lose its network, be
// loaded again, and have a clock that is wrong.

import { createChatClient, type ChatClientPorts } from "../../../core/client/chat-client";
import type { ChatClient } from "../../../core/client/chat-client.types";
import type { AccessToken } from "../../../core/client/ports/tokens";
import type { ConversationId, UserId } from "../../../core/domain/ids";
import { seededRandom } from "../../../core/testing/seeded-random";
import { frameOf } from "../checker/frame";
import type { Browser } from "./browser";
import type { Line } from "./gateway";
import { Screen } from "./screen";
import type { World } from "./world";

export class Tab {
  client: ChatClient;
  screen: Screen;
  readonly line: Line;
  online = true;
  visible = true;
  awake = true;
  /** What the person looks at. */
  looking: ConversationId | undefined;
  /** Up to where each conversation was on the screen. */
  readonly seen = new Map<ConversationId, number>();
  /** Up to where a socket of this tab has told it of each. */
  readonly told = new Map<string, number>();
  private life: "alive" | "frozen" | "gone" = "alive";
  private token: AccessToken | undefined;
  private readonly late: (() => void)[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly world: World,
    readonly name: string,
    readonly user: UserId,
    readonly browser: Browser,
  ) {
    this.line = { tab: name, user, alive: true };
    [this.client, this.screen] = this.load(true);
    browser.tabs.push(this);
  }

  get isRunning(): boolean {
    return this.life === "alive" && this.awake;
  }

  get isUp(): boolean {
    return this.client.connection.getSnapshot().is === "live";
  }

  /** What happens to this page happens now, or when it thaws, or never. */
  run(then: () => void): void {
    if (this.life === "alive") then();
    else if (this.life === "frozen") this.late.push(then);
  }

  start(): void {
    const { client } = this;
    const conversations = this.world.conversationsOf(this.user);
    for (const conversation of conversations) this.screen.follow(conversation);
    // A screen is drawn again once there is something to show, and asks for the newest then.
    void client.start().then(() => conversations.map((conversation) => client.timeline(conversation)));
    this.look(this.looking);
  }

  /** All that was in memory is gone. */
  reload(): void {
    this.client.stop();
    this.listeners.clear();
    [this.client, this.screen] = this.load(false);
    this.start();
  }

  /** Without a last word. */
  crash(): void {
    this.life = "gone";
    this.world.gateway.cut(this.line);
    this.browser.release(this);
    this.world.recorder.tell({ is: "tab-gone", tab: this.name });
  }

  freeze(): void {
    if (this.life === "alive") this.life = "frozen";
  }

  thaw(): void {
    if (this.life !== "frozen") return;
    this.life = "alive";
    for (const then of this.late.splice(0)) this.run(then);
  }

  look(conversation: ConversationId | undefined): void {
    this.looking = conversation;
    this.client.look(conversation);
  }

  surroundings(change: { readonly online?: boolean; readonly visible?: boolean; readonly awake?: boolean }) {
    Object.assign(this, change);
    for (const listener of [...this.listeners]) listener();
  }

  /** The page is closed. */
  close(): void {
    this.world.recorder.tell({ is: "tab-gone", tab: this.name });
    this.client.stop();
    this.life = "gone";
  }

  private remember(text: string): void {
    const frame = frameOf(text);
    if (frame?.name !== "entries") return;
    for (const { conversation, seq } of frame.entries)
      this.told.set(conversation, Math.max(seq, this.told.get(conversation) ?? 0));
  }

  private load(isFirst: boolean): [ChatClient, Screen] {
    const { recorder, pieces } = this.world;
    const { profile } = this.browser;
    const store = isFirst && this.browser.tabs.length === 0 ? "new" : "kept";
    recorder.tell({ is: "tab", tab: this.name, profile, user: this.user, store });
    const client = createChatClient(pieces.client(this.ports(), this.name));
    return [client, new Screen(this.name, client, recorder, this.world.names)];
  }

  private ports(): ChatClientPorts {
    const { clock, gateway, recorder, ids, random } = this.world;
    return {
      sockets: {
        connect: (request, events) => {
          let socket = "";
          const wire = gateway.connect(this.line, request, {
            opened: () => this.run(events.opened),
            message: (text) =>
              this.run(() => {
                recorder.tell({ is: "heard", tab: this.name, socket, text });
                this.remember(text);
                events.message(text);
              }),
            closed: (code, reason) => this.run(() => events.closed(code, reason)),
          });
          socket = wire.connection;
          return wire;
        },
      },
      neighbours: this.browser.neighboursOf(this),
      tokens: {
        access: async ({ fresh, now }) => this.access(fresh, now),
        displayName: async () => this.world.names.of(this.user),
      },
      store: this.browser.store,
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
        now: () => clock.now() + this.browser.aheadMs,
        after: (delayMs, then) => {
          // A timer that is due and waits for the page to thaw can still be cancelled.
          let isSet = true;
          const cancel = clock.after(delayMs, () => this.run(() => isSet && then()));
          return () => {
            isSet = false;
            cancel();
          };
        },
      },
      random: seededRandom(Math.floor(random() * 1_000_000)),
      ids: () => ids.entry(),
      socketUrl: "wss://chat.test/chat",
    };
  }

  private access(fresh: boolean, now: number): AccessToken | "unreachable" {
    const { weather, tokens } = this.world;
    if (weather.strikes("N14", 0.05, "the user pool was not reached")) return "unreachable";
    const isOver = !this.token || this.token.expiresAt <= now;
    const isStale = isOver && this.token && weather.strikes("N14", 0.3, "a token that has ended was offered");
    if (fresh || (isOver && !isStale) || !this.token) this.token = tokens.issue(this.user);
    return this.token;
  }
}
