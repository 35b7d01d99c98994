// Two people talk, edit, delete and react; a device learns of it in pieces: pushed one by one, in pages, out of order,
// twice, from the middle upwards and from there downwards, each message in any state between as written and as it is
// by now. It must show what somebody sees who read the log from its first entry to its last.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkEmoji } from "../domain/emoji";
import { NO_SEQ, seqOf } from "../domain/ids";
import { createMemoryStore } from "./memory-store";
import { ADA, DEVICE, GRACE, idOf, kept, TALK } from "./plays/logbook";
import type { ClientStore, StoredEntry } from "./ports/store";
import { erasedInStore } from "./stored-erasure";
import {
  erasedBy,
  firstLoaded,
  meet,
  meetPage,
  older,
  timelineOf,
  type Change,
  type Timeline,
} from "./timeline";
import { timelineView } from "./timeline-view";

const EMOJI = ["👍", "❤️", "😂"].flatMap((text) => checkEmoji(text) ?? []);
type Message = Extract<StoredEntry, { readonly kind: "message" }>;

const action = fc.record({
  kind: fc.constantFrom("message", "message", "edit", "edit", "delete", "reaction", "reaction"),
  mine: fc.boolean(),
  pick: fc.nat(5),
  emoji: fc.nat(3),
});
/** What the device is told next, and in which state the messages of it are. */
const step = fc.record({
  is: fc.constantFrom("push", "page", "older", "again", "reload"),
  size: fc.integer({ min: 1, max: 6 }),
  state: fc.nat(),
});

/** The log as it was written, each entry as it was appended. */
function written(
  actions: readonly { kind: string; mine: boolean; pick: number; emoji: number }[],
): StoredEntry[] {
  const log: StoredEntry[] = [];
  const messages: { readonly seq: number; readonly mine: boolean; gone: boolean }[] = [];
  for (const { kind, mine, pick, emoji } of actions) {
    const seq = log.length + 1;
    const candidates = messages.filter((one) => !one.gone && (kind === "reaction" || one.mine === mine));
    const target = candidates.at(-1 - (pick % Math.max(1, candidates.length)));
    const place = { conversation: TALK, seq: seqOf(seq), id: idOf(seq), device: DEVICE, at: 1_000 + seq };
    const placed = { ...place, from: mine ? ADA : GRACE, tally: {}, state: { is: "open" } as const };
    if (kind === "message" || !target) {
      messages.push({ seq, mine, gone: false });
      log.push({ kind: "message", body: { text: `<${seq}>` }, ...placed });
    } else if (kind === "edit") {
      log.push({ kind: "edit", target: seqOf(target.seq), body: { text: `<${seq}>` }, ...placed });
    } else if (kind === "delete") {
      target.gone = true;
      log.push({ kind: "delete", target: seqOf(target.seq), ...placed });
    } else {
      const chosen = EMOJI[emoji];
      log.push({
        kind: "reaction",
        target: seqOf(target.seq),
        ...(chosen ? { emoji: chosen } : {}),
        ...placed,
      });
    }
  }
  return log;
}

/** The entry as the server may hold it: with those amendments carried out whose bit is set. */
function standing(log: readonly StoredEntry[], entry: StoredEntry, state: number): StoredEntry {
  const isDone = ({ seq }: StoredEntry) => ((state >> (seq % 13)) & 1) === 1;
  const about = log.filter((one) => "target" in one && one.target === entry.seq);
  if (entry.kind === "edit") {
    const gone = log.find((one) => one.kind === "delete" && one.target === entry.target);
    return gone && isDone(gone) ? erasedInStore(entry) : entry;
  }
  if (entry.kind !== "message") return entry;
  return about.filter(isDone).reduce<StoredEntry>(carriedOut, entry);
}

/** Written anew here, for entries in their order, so that a mistake in the rule is not made twice. */
function carriedOut(message: StoredEntry, by: StoredEntry): StoredEntry {
  if (message.kind !== "message") return message;
  if (by.kind === "edit") return { ...message, body: by.body, edited: { seq: by.seq, at: by.at } };
  if (by.kind === "delete") return erasedInStore(message);
  if (by.kind !== "reaction") return message;
  const reaction = { seq: by.seq, ...(by.emoji === undefined ? {} : { emoji: by.emoji }) };
  return { ...message, reactions: { ...message.reactions, [by.from]: reaction } };
}

const shown = (timeline: Timeline) =>
  timelineView(timeline, ADA).entries.map((entry) =>
    entry.kind === "message"
      ? [entry.seq, entry.text, entry.edited?.at, entry.reactions]
      : [entry.seq, entry.kind],
  );

describe("a device that learns of amendments in any pieces", () => {
  it("shows what stands in the log, and keeps no text that was deleted, in memory or on disk", async () => {
    const actions = fc.array(action, { minLength: 5, maxLength: 40 });
    const plan = fc.record({ middle: fc.nat(), steps: fc.array(step, { maxLength: 30 }) });
    await fc.assert(
      fc.asyncProperty(actions, plan, async (all, { middle, steps }) => {
        const log = written(all);
        const device = new Learner(log, middle % log.length);
        for (const one of steps) {
          await device.learn(one);
          const met = log.filter(
            ({ seq }) => seq > middle % log.length && seq <= device.timeline.kept.cursor,
          );
          for (const text of deletedTexts(log, met)) expect(await device.disk()).not.toContain(text);
        }
        await device.learnTheRest();

        const truth = log.map((entry) => standing(log, entry, -1));
        expect(shown(device.timeline)).toEqual(shown(of(truth)));
        for (const text of deletedTexts(log)) expect(await device.all()).not.toContain(text);
        expect(shown(await device.reloaded())).toEqual(shown(of(truth)));
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

const of = (entries: readonly StoredEntry[]): Timeline => ({
  ...timelineOf(kept({ cursor: seqOf(entries.length), tail: seqOf(entries.length) })),
  entries,
});

/** Of what stands before one of these deletes. */
function deletedTexts(log: readonly StoredEntry[], deletes = log): readonly string[] {
  const gone = new Map(deletes.flatMap((one) => (one.kind === "delete" ? [[one.target, one.seq]] : [])));
  return log.flatMap((entry) => {
    const goneAt = gone.get(entry.kind === "edit" ? entry.target : entry.seq) ?? 0;
    return goneAt > entry.seq && (entry.kind === "edit" || entry.kind === "message") ? [entry.body.text] : [];
  });
}

class Learner {
  timeline: Timeline;
  private readonly store: ClientStore = createMemoryStore();

  constructor(
    private readonly log: readonly StoredEntry[],
    middle: number,
  ) {
    this.timeline = timelineOf(kept({ from: seqOf(middle + 1), cursor: seqOf(middle), floor: NO_SEQ }));
  }

  async learn({ is, size, state }: { readonly is: string; readonly size: number; readonly state: number }) {
    const { cursor } = this.timeline.kept;
    switch (is) {
      case "push":
        return this.take(meet(this.timeline, ADA, this.read(cursor + size, 1, state)));
      case "page": {
        const page = { conversation: TALK, tail: seqOf(this.log.length), floor: NO_SEQ };
        return this.take(
          meetPage(this.timeline, ADA, { ...page, entries: this.read(cursor + 1, size, state) }),
        );
      }
      case "older": {
        const first = firstLoaded(this.timeline);
        if (first > this.timeline.kept.from) return this.takeStored(size);
        const below = this.read(Math.max(1, first - size), Math.min(size, first - 1), state);
        return this.take(older(this.timeline, below, NO_SEQ));
      }
      case "reload":
        await this.take({ ...meet(this.timeline, ADA, []) });
        this.timeline = timelineOf((await this.store.conversations())[0] ?? this.timeline.kept);
        return;
      default:
        return this.take(meet(this.timeline, ADA, this.read(Math.max(1, cursor - size), size, state)));
    }
  }

  async learnTheRest() {
    while (this.timeline.kept.cursor < this.log.length) await this.learn({ is: "page", size: 3, state: 0 });
    while (firstLoaded(this.timeline) > 1) await this.learn({ is: "older", size: 4, state: 0 });
  }

  /** As older.ts does: what has lost its text meanwhile is written once more. */
  private async takeStored(size: number): Promise<void> {
    const stored = await this.store.entriesBefore(TALK, firstLoaded(this.timeline), size);
    const fitting = stored.filter(({ seq }) => seq >= this.timeline.kept.from);
    const change = older(this.timeline, fitting);
    const amended = [...change.added, ...change.amended].filter((entry) => !fitting.includes(entry));
    await this.take({ ...change, added: [], amended });
  }

  async disk(): Promise<string> {
    const entries = await this.store.entriesBefore(TALK, seqOf(10_000), 10_000);
    return JSON.stringify([entries, await this.store.conversations()]);
  }

  /** All that this device knows, as text. */
  async all(): Promise<string> {
    return JSON.stringify(this.timeline) + (await this.disk());
  }

  /** The page goes and comes again, and reads its disk from the top down. */
  async reloaded(): Promise<Timeline> {
    const [conversation] = await this.store.conversations();
    let timeline = timelineOf(conversation ?? this.timeline.kept);
    while (firstLoaded(timeline) > 1) {
      const below = await this.store.entriesBefore(TALK, firstLoaded(timeline), 5);
      timeline = older(timeline, below).timeline;
    }
    return timeline;
  }

  private read(from: number, count: number, state: number): readonly StoredEntry[] {
    return this.log.slice(from - 1, from - 1 + count).map((entry) => standing(this.log, entry, state));
  }

  private async take(change: Change): Promise<void> {
    this.timeline = change.timeline;
    const entries = [...change.added, ...change.amended];
    const { settled } = change;
    await this.store.saveLog({
      conversation: change.timeline.kept,
      entries,
      settled,
      erased: erasedBy(entries),
    });
  }
}

/** So that the test above cannot pass because nothing of the kind was ever made. */
it("is tried with messages that were edited, deleted and reacted to", () => {
  const sample = fc.sample(fc.array(action, { minLength: 30, maxLength: 40 }), { numRuns: 20, seed: 1 });
  const messages = sample.flatMap((all) => {
    const log = written(all);
    return log.map((entry) => standing(log, entry, -1));
  });

  expect(
    messages.filter((entry) => entry.kind === "erased" && entry.was === "message").length,
  ).toBeGreaterThan(20);
  expect(
    messages.filter((entry): entry is Message => entry.kind === "message" && !!entry.edited).length,
  ).toBeGreaterThan(20);
  expect(
    messages.filter((entry): entry is Message => entry.kind === "message" && !!entry.reactions).length,
  ).toBeGreaterThan(20);
});
