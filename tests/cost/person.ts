// One device of one person, with the product's own client. A session is a page that is opened and closed; what the
// device stores stays.

import { createChatClient } from "../../core/client/chat-client";
import type { ChatClient } from "../../core/client/chat-client.types";
import { createMemoryStore } from "../../core/client/memory-store";
import type { Tokens } from "../../core/client/ports/tokens";
import type { ConversationId } from "../../core/domain/ids";
import type { Random } from "../../core/domain/ports/clock";
import { RandomIds } from "../../core/testing/random-ids";
import { seededRandom } from "../../core/testing/seeded-random";
import { signUpFor } from "./session";
import type { Stage } from "./stage";

/** Thumbs on glass. */
const CHARACTERS_A_SECOND = 5;
/** A client hears of every key and tells of some; once a second is often enough to find out which. */
const KEY_EVERY_MS = 1_000;
/** Opening the page and reading what was missed; a lookout comes after a minute. */
const ARRIVING_MS = 10_000;

export class Person {
  readonly name: string;
  private client: ChatClient | undefined;
  private talk: ConversationId | undefined;
  private arrivedAt = 0;
  /** What the client asked because somebody looks, not because it had just arrived: `sync`s that only make sure. */
  lookouts = 0;
  catchUps = 0;
  private readonly store = createMemoryStore();
  private readonly line;
  private readonly random: Random;

  private constructor(
    private readonly stage: Stage,
    private readonly tokens: Tokens,
    { name, seed }: { readonly name: string; readonly seed: number },
  ) {
    this.name = name;
    this.line = stage.line((action) => this.note(action));
    this.random = seededRandom(seed);
  }

  static async signUp(stage: Stage, who: { readonly name: string; readonly seed: number }): Promise<Person> {
    const tokens = await signUpFor(stage.cloud.place, who.name, () => stage.time.now());
    return new Person(stage, tokens, who);
  }

  /** Opens the page, and looks at the conversation as soon as it knows of one. */
  arrive(): void {
    const { stage, tokens } = this;
    const ids = new RandomIds(this.random);
    this.client = createChatClient({
      sockets: this.line,
      tokens: {
        access: (options) => this.errand("a token", tokens.access(options)),
        displayName: () => this.errand("a name", tokens.displayName()),
      },
      store: this.store,
      surroundings: {
        online: () => true,
        visible: () => true,
        awake: () => true,
        subscribe: () => () => {},
      },
      timers: stage.time,
      random: this.random,
      ids: () => ids.entry(),
      socketUrl: stage.cloud.place.socketUrl,
    });
    this.arrivedAt = stage.time.now();
    void this.client.start();
    if (this.talk) this.look(this.talk);
  }

  leave(): void {
    this.page().stop();
    this.client = undefined;
  }

  handle(): string {
    const me = this.page().me.getSnapshot();
    const handle = me.is === "known" ? me.me.handle : undefined;
    if (handle === undefined) throw new Error(`unable to name ${this.name}; there is no handle yet`);
    return handle;
  }

  async open(handle: string): Promise<void> {
    const answer = await this.errand("a conversation", this.page().open(handle));
    if (answer.is !== "ok") throw new Error(`unable to open ${handle}; ${answer.is}`);
    this.talk = answer.value;
    this.look(answer.value);
  }

  /** Types for as long as it takes, then sends. */
  async write(text: string): Promise<void> {
    const talk = this.talking();
    const typingMs = (text.length / CHARACTERS_A_SECOND) * 1_000;
    for (let typedMs = 0; typedMs < typingMs; typedMs += KEY_EVERY_MS) {
      this.page().typing(talk);
      await this.stage.time.run(KEY_EVERY_MS);
    }
    await this.say(text);
  }

  /** Without typing. */
  async say(text: string): Promise<void> {
    const answer = await this.errand("a message", this.page().send(this.talking(), text));
    if (answer.is !== "ok") throw new Error(`unable to say "${text}"; ${JSON.stringify(answer)}`);
  }

  forgetSyncs(): void {
    this.lookouts = 0;
    this.catchUps = 0;
  }

  /** Whatever of it is there is on the screen. */
  private look(talk: ConversationId): void {
    const client = this.page();
    client.look(talk);
    const timeline = client.timeline(talk);
    const show = () => {
      const placed = timeline.getSnapshot()?.entries.flatMap(({ seq }) => seq ?? []);
      const last = placed?.at(-1);
      if (this.client === client && last !== undefined) client.shown(talk, last);
    };
    timeline.subscribe(() => queueMicrotask(show));
  }

  private note(action: string): void {
    if (action !== "sync") return;
    if (this.stage.time.now() - this.arrivedAt > ARRIVING_MS) this.lookouts += 1;
    else this.catchUps += 1;
  }

  private errand<T>(what: string, question: Promise<T>): Promise<T> {
    const done = this.stage.errands.begin(`${what} for ${this.name}`);
    return question.finally(done);
  }

  private page(): ChatClient {
    if (!this.client) throw new Error(`unable to do that; ${this.name} is not there`);
    return this.client;
  }

  private talking(): ConversationId {
    if (!this.talk) throw new Error(`unable to talk; ${this.name} has opened no conversation`);
    return this.talk;
  }
}
