// One device of one person with the product's own client: it can hang, sleep, be hidden, lose its network, be loaded
// again, and have a clock that is wrong. What it stores outlives the client that runs on it.

import { createChatClient } from "../../../core/client/chat-client";
import type { ChatClient } from "../../../core/client/chat-client.types";
import type { AccessToken } from "../../../core/client/ports/tokens";
import type { ConversationId, UserId } from "../../../core/domain/ids";
import type { Random } from "../../../core/domain/ports/clock";
import { RandomIds } from "../../../core/testing/random-ids";
import { chancesOf } from "../simulation/chances";
import { frailStore, type FrailStore } from "../simulation/frail-store";
import type { Names } from "../simulation/names";
import { Screen } from "../simulation/screen";
import type { Recorder } from "../history/recorder";
import type { SystemCloud } from "./cloud";
import { Line } from "./line";
import type { Member } from "./people";

export type DeviceWorld = {
  readonly seed: number;
  readonly cloud: SystemCloud;
  readonly recorder: Recorder;
  readonly names: Names;
  readonly conversationsOf: (user: UserId) => readonly ConversationId[];
};

export class Device {
  client: ChatClient;
  screen: Screen;
  readonly line: Line;
  readonly store: FrailStore;
  readonly user: UserId;
  online = true;
  visible = true;
  awake = true;
  /** What the person looks at. */
  looking: ConversationId | undefined;
  /** How wrong this device's clock is. */
  aheadMs = 0;
  /** What the user pool does at the next questions. */
  readonly tokenTroubles: ("unreachable" | "stale")[] = [];
  private isFrozen = false;
  private token: AccessToken | undefined;
  private readonly late: (() => void)[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly random: Random;
  private readonly ids: RandomIds;

  constructor(
    readonly world: DeviceWorld,
    readonly name: string,
    readonly member: Member,
  ) {
    this.user = member.user;
    this.random = chancesOf(world.seed, `client ${name}`);
    this.ids = new RandomIds(chancesOf(world.seed, `ids ${name}`));
    const { recorder, cloud } = world;
    this.line = new Line({ recorder, reachable: () => cloud.isUp }, name, member.user, (then) =>
      this.run(then),
    );
    this.store = frailStore(name, recorder);
    [this.client, this.screen] = this.load("new");
  }

  get isRunning(): boolean {
    return !this.isFrozen && this.awake;
  }

  get isUp(): boolean {
    return this.client.connection.getSnapshot().is === "live";
  }

  start(): void {
    const { client } = this;
    const conversations = this.world.conversationsOf(this.user);
    for (const conversation of conversations) this.screen.follow(conversation);
    // A screen is drawn again once there is something to show, and asks for the newest then.
    void client.start().then(() => conversations.map((conversation) => client.timeline(conversation)));
    this.look(this.looking);
  }

  /** All that was in memory is gone. What the old page was writing is on the disk before the new one reads it. */
  reload(): void {
    this.client.stop();
    this.listeners.clear();
    this.isFrozen = true;
    setImmediate(() => {
      [this.client, this.screen] = this.load("kept");
      this.start();
      this.thaw();
    });
  }

  freeze(): void {
    this.isFrozen = true;
  }

  thaw(): void {
    this.isFrozen = false;
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
    this.line.forget();
  }

  private run(then: () => void): void {
    if (this.isFrozen) this.late.push(then);
    else then();
  }

  private load(store: "new" | "kept"): [ChatClient, Screen] {
    const { recorder, names, cloud } = this.world;
    recorder.tell({ is: "tab", tab: this.name, profile: this.name, user: this.user, store });
    const client = createChatClient({
      sockets: this.line,
      tokens: {
        access: (options) => this.access(options),
        displayName: async () => this.member.name,
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
        now: () => Math.round(cloud.time.now() + this.aheadMs),
        after: (delayMs, then) => {
          // A timer that is due and waits for the page to thaw can still be cancelled.
          let isSet = true;
          const cancel = cloud.time.after(delayMs, () => this.run(() => isSet && then()));
          return () => {
            isSet = false;
            cancel();
          };
        },
      },
      random: this.random,
      ids: () => this.ids.entry(),
      socketUrl: cloud.place.socketUrl,
    });
    return [client, new Screen(this.name, client, recorder, names)];
  }

  private async access(options: { readonly fresh: boolean; readonly now: number }) {
    const trouble = this.tokenTroubles.shift();
    if (trouble === "unreachable" || !this.world.cloud.isUp) return "unreachable" as const;
    if (trouble === "stale" && this.token) return this.token;
    try {
      const token = await this.member.tokens.access(options);
      if (typeof token !== "string") this.token = token;
      return token;
    } catch {
      // It was killed while it was asked.
      return "unreachable" as const;
    }
  }
}
