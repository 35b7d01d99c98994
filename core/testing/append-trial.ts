// A trial of the log: three devices of two people write into one conversation as fast as they can, while their
// attempts crash, hang, run twice at once and finish very late, acknowledgements are lost, and the conversation is
// closed and opened in between. The devices keep the rules of a client and no others:
//
//   - a message keeps its id, and a batch its order, however often it is sent
//   - `after` rises only past log that the device has itself read without meeting the id
//   - the next batch is sent when the one before it was acknowledged, met in the log, or refused for good
//
// What must hold whatever happens is in append-verdict.ts.

import type { append, AppendPorts } from "../domain/append";
import { directConversation } from "../domain/conversation";
import type { Draft } from "../domain/entry";
import { NO_SEQ, isEntryId } from "../domain/ids";
import type { ConversationId, DeviceId, EntryId, Seq, UserId } from "../domain/ids";
import { nextSeq } from "../domain/ids";
import { MOST_RATE_MESSAGES } from "../domain/limits";
import { readDense } from "../domain/read-dense";
import { Refusal, type RefusalCode } from "../domain/refusal";
import type { Stretch } from "../domain/stretch";
import { FakeClock } from "./fake-clock";
import { Interleaving } from "./interleaving";
import { MemoryInbox } from "./memory-inbox";
import { MemoryLog } from "./memory-log";
import { RandomIds } from "./random-ids";
import { below, seededRandom } from "./seeded-random";

type Log = AppendPorts["log"];

export type TrialOptions = {
  readonly seed: number;
  readonly messagesEach: number;
  /** The product's, or one with a part left out. */
  readonly append: typeof append;
  /** Makes the log that attempts see worse than its contract allows. */
  readonly worsen?: (log: Log, random: () => number) => Log;
};

export type Ack = { readonly user: UserId; readonly id: EntryId; readonly seq: Seq };

export type History = {
  readonly conversation: ConversationId;
  readonly members: readonly UserId[];
  readonly log: MemoryLog;
  readonly inbox: MemoryInbox;
  /** All that any attempt has answered, heard or not. */
  readonly acks: readonly Ack[];
  /** What each device knows to be in, in the order in which it sent it. */
  readonly settled: ReadonlyMap<DeviceId, readonly Ack[]>;
  readonly troubles: readonly string[];
  readonly counts: Counts;
};

export type Counts = { puts: number; attempts: number; refused: number; steps: number; crashes: number };

type Device = {
  readonly user: UserId;
  readonly device: DeviceId;
  readonly closes: boolean;
  cursor: Seq;
  readonly settled: Ack[];
};

type Outcome =
  | { readonly is: "acknowledged"; readonly acks: readonly Ack[] }
  | { readonly is: "refused"; readonly code: RefusalCode; readonly acks: readonly Ack[] }
  | { readonly is: "lost" };

const ODDS = { crash: 0.012, sleep: 0.012 };
const LOST_ACK = 0.1;
const DOUBLED = 0.2;
const REPLAYED_LATE = 0.1;
const READS_ON = 0.6;
const CLOSES = 0.04;
const MINUTE_PASSES = 0.1;
const BATCH = 3;
const MINUTE_MS = 60_000;

/** `idle` resolves when all that can run without a pause has run. */
export async function runTrial(options: TrialOptions, idle: () => Promise<void>): Promise<History> {
  const trial = new Trial(options);
  await trial.run(idle);
  return trial.history();
}

class Trial {
  private readonly random;
  private readonly ids;
  private readonly interleaving;
  private readonly clock = new FakeClock();
  private readonly log: MemoryLog;
  private readonly deviceLog: MemoryLog;
  private readonly inbox: MemoryInbox;
  private readonly ports: AppendPorts;
  private readonly devices: readonly Device[];
  private readonly conversation: ConversationId;
  private readonly acks: Ack[] = [];
  private readonly troubles: string[] = [];
  private readonly counts: Counts = { puts: 0, attempts: 0, refused: 0, steps: 0, crashes: 0 };

  constructor(private readonly options: TrialOptions) {
    this.random = seededRandom(options.seed);
    this.ids = new RandomIds(this.random);
    this.interleaving = new Interleaving(this.random, ODDS);
    this.log = new MemoryLog(this.interleaving.server);
    this.deviceLog = this.log.through(this.interleaving.device);
    this.inbox = new MemoryInbox(this.interleaving.server);
    const log = options.worsen?.(this.log, this.random) ?? this.log;
    const pace = { entriesAWindow: MOST_RATE_MESSAGES };
    this.ports = { clock: this.clock, inbox: this.inbox, log: this.counted(log), pace };
    const [ada, grace] = [this.ids.user(), this.ids.user()];
    this.conversation = directConversation(ada, grace);
    const device = (user: UserId, closes: boolean): Device => {
      return { user, device: this.ids.device(), closes, cursor: NO_SEQ, settled: [] };
    };
    this.devices = [device(ada, false), device(ada, true), device(grace, false)];
  }

  async run(idle: () => Promise<void>): Promise<void> {
    const alive = new Set(this.devices);
    for (const device of this.devices) {
      await this.inbox.open(device.user, this.conversation, this.clock.now());
      void this.live(device).then(
        () => alive.delete(device),
        (error: unknown) => this.troubles.push(`a device failed: ${String(error)}`),
      );
    }
    await this.interleaving.run(idle);
    if (alive.size > 0) this.troubles.push(`${alive.size} devices wait for ever`);
  }

  history(): History {
    const { conversation, log, inbox, acks, troubles } = this;
    const settled = new Map(this.devices.map((device) => [device.device, device.settled]));
    const members = [...new Set(this.devices.map((device) => device.user))];
    const { steps, crashes } = this.interleaving;
    return {
      conversation,
      members,
      log,
      inbox,
      acks,
      settled,
      troubles,
      counts: { ...this.counts, steps, crashes },
    };
  }

  private async live(device: Device): Promise<void> {
    for (let made = 0; made < this.options.messagesEach;) {
      if (this.random() < MINUTE_PASSES) this.clock.advance(MINUTE_MS);
      const batch = Array.from({ length: 1 + below(this.random, BATCH) }, () => {
        made += 1;
        return { kind: "message", id: this.entryId(device, made), body: { text: "x" } } as const;
      });
      await this.settle(device, batch);
      if (device.closes && this.random() < CLOSES) {
        await this.settle(device, [{ kind: "closed", id: this.ids.entry() }]);
        await this.waitFor(20);
        await this.settle(device, [{ kind: "opened", id: this.ids.entry() }]);
      }
    }
  }

  /** Sends until the device knows what became of each draft. */
  private async settle(device: Device, batch: readonly Draft[]): Promise<void> {
    let waiting = batch;
    for (let after = device.cursor; waiting.length > 0;) {
      const outcome = await this.transmit(device, waiting, after);
      if (outcome.is !== "lost") {
        device.settled.push(...outcome.acks);
        return;
      }
      if (this.random() > READS_ON) continue;
      waiting = await this.readOn(device, waiting);
      after = device.cursor;
    }
  }

  /** Reads past the cursor; what it meets is settled, the rest is not in the log up to the new cursor. */
  private async readOn(device: Device, waiting: readonly Draft[]): Promise<readonly Draft[]> {
    const ports = { log: this.deviceLog, clock: this.clock };
    const reading = { conversation: this.conversation, from: nextSeq(device.cursor), limit: 100 };
    const read = await readDense(ports, reading);
    const own = read.filter((entry) => entry.from === device.user);
    const met = waiting.flatMap(({ id }) => own.find((entry) => entry.id === id) ?? []);
    device.settled.push(...met.map(({ id, seq }) => ({ user: device.user, id, seq })));
    device.cursor = read.at(-1)?.seq ?? device.cursor;
    return waiting.filter(({ id }) => !met.some((entry) => entry.id === id));
  }

  private async transmit(device: Device, drafts: readonly Draft[], after: Seq): Promise<Outcome> {
    const attempt = () => this.attempt(device, drafts, after);
    if (this.random() < DOUBLED) void attempt();
    if (this.random() < REPLAYED_LATE) void this.waitFor(below(this.random, 400)).then(attempt);
    const lost = this.waitFor(10 + below(this.random, 60)).then((): Outcome => ({ is: "lost" }));
    const outcome = await Promise.race([attempt(), lost]);
    return this.random() < LOST_ACK ? { is: "lost" } : outcome;
  }

  /** What the server does with one `send`: see domain/send.ts. */
  private async attempt(device: Device, drafts: readonly Draft[], after: Seq): Promise<Outcome> {
    this.counts.attempts += 1;
    const { conversation } = this;
    const acks: Ack[] = [];
    let stretch: Stretch | undefined;
    try {
      for (const draft of drafts) {
        const request = { conversation, from: device.user, device: device.device, after, draft };
        const done = await this.options.append(this.ports, request, stretch);
        acks.push({ user: device.user, id: draft.id, seq: done.entry.seq });
        stretch = done.stretch;
      }
      this.acks.push(...acks);
      return { is: "acknowledged", acks };
    } catch (error) {
      this.acks.push(...acks);
      this.counts.refused += 1;
      const code = error instanceof Refusal ? error.code : undefined;
      if (code !== "cannot-deliver") this.troubles.push(`an honest device was told: ${String(error)}`);
      return code ? { is: "refused", code, acks } : { is: "lost" };
    }
  }

  private async waitFor(pauses: number): Promise<void> {
    for (let pause = 0; pause < pauses; pause += 1) await this.interleaving.device();
  }

  /** The two people choose the same ids: an id is its sender's own. */
  private entryId(device: Device, made: number): EntryId {
    const id = `${device.closes ? "laptop" : "phone"}-${String(made).padStart(5, "0")}`;
    if (!isEntryId(id)) throw new RangeError(`unable to make an entry id; ${id} is none`);
    return id;
  }

  private counted(log: Log): Log {
    return {
      readFrom: (...reading) => log.readFrom(...reading),
      readBefore: (...reading) => log.readBefore(...reading),
      tail: (conversation) => log.tail(conversation),
      append: (entry) => {
        this.counts.puts += 1;
        return log.append(entry);
      },
      amend: (amendment) => log.amend(amendment),
      eraseEdit: (conversation, seq) => log.eraseEdit(conversation, seq),
    };
  }
}
