// Who is there and what they stand on: Ada (a laptop with two tabs, a phone), Grace (two devices) and Mallory, who
// knows both, talks to Ada, and also speaks on a socket of her own what no client of ours would say.

import { directConversation } from "../../../core/domain/conversation";
import { isHandle, type ConversationId, type UserId } from "../../../core/domain/ids";
import type { Random } from "../../../core/domain/ports/clock";
import { RandomIds } from "../../../core/testing/random-ids";
import type { FaultKind, LogEntry } from "../history/event";
import { Recorder } from "../history/recorder";
import { ParleyBackend } from "./backend";
import { Browser } from "./browser";
import { chancesOf } from "./chances";
import { CrashPoints } from "./crash-points";
import { frailStore } from "./frail-store";
import { Gateway } from "./gateway";
import { Names } from "./names";
import type { Pieces } from "./pieces";
import { Tab } from "./tab";
import { TokenOffice } from "./token-office";
import { VirtualClock } from "./virtual-clock";
import { Weather } from "./weather";

export class World {
  readonly clock = new VirtualClock();
  readonly recorder = new Recorder(() => this.clock.now());
  readonly names = new Names();
  readonly points = new CrashPoints();
  readonly tokens = new TokenOffice(this.clock);
  readonly random: Random;
  readonly ids: RandomIds;
  readonly weather: Weather;
  readonly gateway: Gateway;
  readonly backend: ParleyBackend;
  readonly tabs: Tab[] = [];
  private readonly members = new Map<UserId, ConversationId[]>();

  constructor(
    readonly seed: number,
    kinds: ReadonlySet<FaultKind>,
    readonly pieces: Pieces,
  ) {
    this.random = chancesOf(seed, "world");
    this.ids = new RandomIds(chancesOf(seed, "ids"));
    this.weather = new Weather(kinds, chancesOf(seed, "weather"), this.recorder);
    this.gateway = new Gateway(this);
    this.backend = new ParleyBackend(this, pieces);
    this.gateway.serves(this.backend);
  }

  async person(text: string): Promise<UserId> {
    if (!isHandle(text)) throw new RangeError(`unable to cast ${text}; it is no handle`);
    const user = this.ids.user();
    this.names.add(user, text);
    this.recorder.tell({ is: "person", user, handle: text });
    await this.backend.people.save({ user, name: text, handle: text }, this.clock.now());
    return user;
  }

  acquaint(one: UserId, other: UserId): ConversationId {
    const conversation = directConversation(one, other);
    for (const user of [one, other])
      this.members.set(user, [...(this.members.get(user) ?? []), conversation]);
    return conversation;
  }

  conversationsOf(user: UserId): readonly ConversationId[] {
    return this.members.get(user) ?? [];
  }

  get conversations(): readonly ConversationId[] {
    return [...new Set([...this.members.values()].flat())];
  }

  /** As the history has it. */
  log(conversation: ConversationId): readonly LogEntry[] {
    const entries = this.pieces.log?.(conversation) ?? this.backend.log.entries(conversation);
    return entries.map((entry) => this.names.logEntry(entry));
  }

  browser(profile: string): Browser {
    return new Browser(profile, frailStore(profile, this.recorder), this.clock);
  }

  open(browser: Browser, name: string, user: UserId): Tab {
    const tab = new Tab(this, name, user, browser);
    this.tabs.push(tab);
    return tab;
  }
}
