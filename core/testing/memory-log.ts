import { amendedEntry, erasedEdit } from "../domain/amend";
import type { Amendment, Entry, Erased, Message } from "../domain/entry";
import { NO_SEQ, type ConversationId, type Seq } from "../domain/ids";
import type { Log } from "../domain/ports/log";

/** Waits until the test lets the next step happen. Without one a log answers as fast as it can. */
export type Pause = () => Promise<void>;

/** How far past the last entry a read looks, so that entries appended meanwhile are seen raggedly. */
const LOOK_AHEAD = 3;

/**
 * A log in memory. With a pause it behaves as a Query does: each call takes time on its way there and back,
 * and a read of several entries looks at one slot after the other, so that it may miss slot 7, which is filled
 * a moment later, and then see slot 8.
 */
export class MemoryLog implements Log {
  constructor(
    private readonly pause?: Pause,
    private readonly slots = new Map<ConversationId, Map<number, Entry>>(),
    private readonly tails = new Map<ConversationId, Seq>(),
  ) {}

  /** The same log, reached by a way that takes its time differently. */
  through(pause: Pause): MemoryLog {
    return new MemoryLog(pause, this.slots, this.tails);
  }

  async readFrom(conversation: ConversationId, from: Seq, limit: number): Promise<readonly Entry[]> {
    await this.pause?.();
    const read: Entry[] = [];
    for (let seq = from as number; seq <= this.tailSeq(conversation) + LOOK_AHEAD; seq += 1) {
      const entry = this.slots.get(conversation)?.get(seq);
      if (entry) read.push(entry);
      if (read.length === limit) break;
      if (seq >= this.tailSeq(conversation)) await this.pause?.();
      // A hole, below a floor or made by a fault, may be a million slots wide.
      else if (!entry) seq = this.next(conversation, seq) - 1;
    }
    await this.pause?.();
    return read;
  }

  async readBefore(conversation: ConversationId, before: Seq, limit: number): Promise<readonly Entry[]> {
    await this.pause?.();
    const earlier = this.entries(conversation).filter((entry) => entry.seq < before);
    await this.pause?.();
    return limit > 0 ? earlier.slice(-limit) : [];
  }

  async tail(conversation: ConversationId): Promise<Entry | undefined> {
    await this.pause?.();
    const entry = this.slots.get(conversation)?.get(this.tailSeq(conversation));
    await this.pause?.();
    return entry;
  }

  async append(entry: Entry): Promise<"appended" | "taken"> {
    await this.pause?.();
    const outcome = this.put(entry);
    await this.pause?.();
    return outcome;
  }

  async amend(amendment: Amendment): Promise<Message | Erased | undefined> {
    await this.pause?.();
    const target = this.slots.get(amendment.conversation)?.get(amendment.target);
    const next = target && isSaid(target) ? amendedEntry(target, amendment) : undefined;
    if (next) this.slots.get(amendment.conversation)?.set(amendment.target, next);
    await this.pause?.();
    return next;
  }

  async eraseEdit(conversation: ConversationId, seq: Seq): Promise<void> {
    await this.pause?.();
    const edit = this.slots.get(conversation)?.get(seq);
    if (edit?.kind === "edit") this.slots.get(conversation)?.set(seq, erasedEdit(edit));
    await this.pause?.();
  }

  /** What is in the log, without asking: for the checks of a test. */
  entries(conversation: ConversationId): readonly Entry[] {
    return [...(this.slots.get(conversation)?.values() ?? [])].sort((one, other) => one.seq - other.seq);
  }

  /** What TTL does, in the end, to everything. */
  expireAll(conversation: ConversationId): void {
    this.slots.delete(conversation);
    this.tails.delete(conversation);
  }

  private put(entry: Entry): "appended" | "taken" {
    const slots = this.slots.get(entry.conversation) ?? new Map<number, Entry>();
    this.slots.set(entry.conversation, slots);
    if (slots.has(entry.seq)) return "taken";
    slots.set(entry.seq, entry);
    if (entry.seq > this.tailSeq(entry.conversation)) this.tails.set(entry.conversation, entry.seq);
    return "appended";
  }

  private next(conversation: ConversationId, above: number): number {
    const later = this.entries(conversation).find(({ seq }) => seq > above);
    return later?.seq ?? this.tailSeq(conversation);
  }

  private tailSeq(conversation: ConversationId): Seq {
    return this.tails.get(conversation) ?? NO_SEQ;
  }
}

const isSaid = (entry: Entry): entry is Message | Erased =>
  entry.kind === "message" || (entry.kind === "erased" && entry.was === "message");
