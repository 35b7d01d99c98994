// A trial of amendments: devices of two people write messages, edit, delete and react to them as fast as they can,
// block and unblock each other, while the server's attempts crash, hang, run twice at once and finish very late. When
// all has come to rest a relay carries out every entry of the log once more, in an order of its own, some twice. What
// must hold then is in amend-verdict.ts. Exactly-once and order are append-trial's business.

import { append, type AppendPorts } from "../domain/append";
import type { applyToTarget } from "../domain/apply-to-target";
import { directConversation } from "../domain/conversation";
import { checkEmoji } from "../domain/emoji";
import type { Draft, Entry } from "../domain/entry";
import { NO_SEQ, type ConversationId, type DeviceId, type Seq, type UserId } from "../domain/ids";
import { MOST_RATE_MESSAGES } from "../domain/limits";
import { Refusal } from "../domain/refusal";
import { FakeClock } from "./fake-clock";
import { Interleaving } from "./interleaving";
import { MemoryInbox } from "./memory-inbox";
import { MemoryLog } from "./memory-log";
import { RandomIds } from "./random-ids";
import { below, seededRandom } from "./seeded-random";

export type AmendTrialOptions = {
  readonly seed: number;
  readonly actionsEach: number;
  /** The product's, or one with a part left out. */
  readonly apply: typeof applyToTarget;
  readonly relays: boolean;
};

export type AmendHistory = {
  readonly conversation: ConversationId;
  readonly log: MemoryLog;
  /** Every text that was ever written, by the id of the draft. */
  readonly texts: ReadonlyMap<string, string>;
  readonly refused: ReadonlyMap<string, number>;
  readonly crashes: number;
  readonly troubles: readonly string[];
};

type Device = { readonly user: UserId; readonly device: DeviceId };

const ODDS = { crash: 0.02, sleep: 0.03 };
const DOUBLED = 0.25;
const EMOJI = ["👍", "❤️", "😂"].flatMap((text) => checkEmoji(text) ?? []);

/** `idle` resolves when all that can run without a pause has run. */
export async function runAmendTrial(
  options: AmendTrialOptions,
  idle: () => Promise<void>,
): Promise<AmendHistory> {
  const trial = new AmendTrial(options);
  await trial.run(idle);
  return trial.history();
}

class AmendTrial {
  private readonly random;
  private readonly ids;
  private readonly interleaving;
  private readonly log: MemoryLog;
  private readonly ports: AppendPorts;
  private readonly devices: readonly Device[];
  private readonly conversation: ConversationId;
  private readonly texts = new Map<string, string>();
  private readonly refused = new Map<string, number>();
  private readonly troubles: string[] = [];

  constructor(private readonly options: AmendTrialOptions) {
    this.random = seededRandom(options.seed);
    this.ids = new RandomIds(this.random);
    this.interleaving = new Interleaving(this.random, ODDS);
    this.log = new MemoryLog(this.interleaving.server);
    const inbox = new MemoryInbox(this.interleaving.server);
    const pace = { entriesAWindow: MOST_RATE_MESSAGES };
    this.ports = { clock: new FakeClock(), inbox, log: this.log, pace };
    const [ada, grace] = [this.ids.user(), this.ids.user()];
    this.conversation = directConversation(ada, grace);
    this.devices = [ada, ada, grace].map((user) => ({ user, device: this.ids.device() }));
  }

  async run(idle: () => Promise<void>): Promise<void> {
    for (const { user } of this.devices) void this.ports.inbox.open(user, this.conversation, 0);
    for (const device of this.devices) void this.live(device);
    await this.interleaving.run(idle);
    if (!this.options.relays) return;
    void this.relay();
    await this.interleaving.run(idle);
  }

  history(): AmendHistory {
    const { conversation, log, texts, refused, troubles } = this;
    return { conversation, log, texts, refused, troubles, crashes: this.interleaving.crashes };
  }

  private async live(device: Device): Promise<void> {
    for (let made = 0; made < this.options.actionsEach; made += 1) {
      const draft = this.draft(device);
      if (this.random() < DOUBLED) void this.attempt(device, draft);
      await Promise.race([this.attempt(device, draft), this.waitFor(10 + below(this.random, 60))]);
      if (draft.kind !== "closed") continue;
      await this.waitFor(20);
      // What crashed is sent again, as a device does, or the conversation would stay closed for ever.
      for (const opened = this.turn("opened"); !(await this.isDone(device, opened)););
    }
  }

  private async isDone(device: Device, draft: Draft): Promise<boolean> {
    await Promise.race([this.attempt(device, draft), this.waitFor(60)]);
    const last = this.log.entries(this.conversation).at(-1);
    return last?.state.is !== "closed" || !last.state.by.includes(device.user);
  }

  /** What the server does with one entry of a `send`: see domain/send.ts. */
  private async attempt({ user, device }: Device, draft: Draft): Promise<void> {
    const request = { conversation: this.conversation, from: user, device, after: NO_SEQ, draft };
    try {
      const { entry } = await append(this.ports, request);
      await this.options.apply(this.ports, entry);
    } catch (error) {
      if (!(error instanceof Refusal)) this.troubles.push(`a bug: ${String(error)}`);
      else this.refused.set(error.code, (this.refused.get(error.code) ?? 0) + 1);
    }
  }

  /** Each entry at least once, in any order, by a server that is not killed. */
  private async relay(): Promise<void> {
    const log = this.log.through(this.interleaving.device);
    const entries = this.log.entries(this.conversation);
    const twice = entries.filter(() => this.random() < DOUBLED);
    await Promise.all(
      this.shuffled([...entries, ...twice]).map((entry) => this.options.apply({ log }, entry)),
    );
  }

  private draft({ user }: Device): Draft {
    const target = this.someTarget(user);
    const chance = this.random();
    if (!target || chance < 0.35) return { kind: "message", ...this.written() };
    if (chance < 0.6) return { kind: "edit", target, ...this.written() };
    if (chance < 0.72) return { kind: "delete", id: this.ids.entry(), target };
    if (chance > 0.99) return this.turn("closed");
    const emoji = EMOJI[below(this.random, EMOJI.length + 1)];
    return { kind: "reaction", id: this.ids.entry(), target, ...(emoji ? { emoji } : {}) };
  }

  private turn(kind: "closed" | "opened"): Draft {
    return { kind, id: this.ids.entry() };
  }

  private written() {
    const id = this.ids.entry();
    const text = `text of ${id}`;
    this.texts.set(id, text);
    return { id, body: { text } };
  }

  /** Mostly one's own, mostly a new one: where several devices meet. */
  private someTarget(user: UserId): Seq | undefined {
    const said = this.log
      .entries(this.conversation)
      .filter((entry: Entry) => entry.kind === "message" || entry.kind === "erased")
      .slice(-6);
    const own = said.filter((entry) => entry.from === user);
    const among = this.random() < 0.7 && own.length > 0 ? own : said;
    return among[below(this.random, among.length)]?.seq;
  }

  private shuffled<T>(items: readonly T[]): readonly T[] {
    return items
      .map((item) => [this.random(), item] as const)
      .sort(([one], [other]) => one - other)
      .map(([, item]) => item);
  }

  private async waitFor(pauses: number): Promise<void> {
    for (let pause = 0; pause < pauses; pause += 1) await this.interleaving.device();
  }
}
