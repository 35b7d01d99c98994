// What every ClientStore does. Run by the memory store and by the browser's, each in a test of its own.

import { beforeEach, describe, expect, it } from "vitest";
import { directConversation } from "../domain/conversation";
import { seqOf } from "../domain/ids";
import { ADA, CAROL, DEVICE, entry as grace, idOf, kept, pending, TALK } from "./plays/logbook";
import type { ClientStore, OutboxItem, StoredConversation, StoredEntry } from "./ports/store";

type Setup = {
  /** A store that holds nothing. */
  readonly open: () => Promise<ClientStore>;
  /** What the same device finds after the page was loaded again; absent for a store that keeps nothing. */
  readonly reopen?: (store: ClientStore) => Promise<ClientStore>;
};

export function clientStoreContract(name: string, { open, reopen }: Setup): void {
  describe(`${name} as a client store`, () => {
    let store: ClientStore;
    beforeEach(async () => {
      store = await open();
    });

    it("holds nothing at first", async () => {
      expect(await store.me()).toBeUndefined();
      expect(await store.conversations()).toEqual([]);
      expect(await store.outbox()).toEqual([]);
      expect(await store.entriesBefore(TALK, seqOf(99), 10)).toEqual([]);
    });

    it("keeps who this device belongs to, the last word winning", async () => {
      await store.saveMe({ user: ADA, device: DEVICE });
      await store.saveMe({ user: ADA, device: DEVICE, person: kept().peer });

      expect(await store.me()).toEqual({ user: ADA, device: DEVICE, person: kept().peer });
    });

    it("keeps a conversation with its entries", async () => {
      await store.saveLog({ conversation: talk(2), entries: [entry(1), entry(2)], settled: [] });

      expect(await store.conversations()).toEqual([talk(2)]);
      expect(await store.entriesBefore(TALK, seqOf(3), 10)).toEqual([entry(1), entry(2)]);
    });

    it("keeps a conversation in which nobody has written yet", async () => {
      await store.saveLog({ conversation: talk(0), entries: [], settled: [] });
      await store.saveLog({ conversation: talk(0), entries: [], settled: [] });

      expect(await store.conversations()).toEqual([talk(0)]);
      expect(await store.entriesBefore(TALK, seqOf(1), 10)).toEqual([]);
      expect(await store.entriesBefore(TALK, seqOf(0), 10)).toEqual([]);
    });

    it("answers the last entries before a place, ascending", async () => {
      await store.saveLog({ conversation: talk(12), entries: sequence(1, 12), settled: [] });

      expect(await store.entriesBefore(TALK, seqOf(11), 3)).toEqual(sequence(8, 10));
      expect(await store.entriesBefore(TALK, seqOf(2), 3)).toEqual(sequence(1, 1));
      expect(await store.entriesBefore(TALK, seqOf(1), 3)).toEqual([]);
    });

    it("does not mix conversations", async () => {
      await store.saveLog({ conversation: talk(1), entries: [entry(1)], settled: [] });
      await store.saveLog({
        conversation: { ...talk(9), conversation: OTHER_TALK },
        entries: [],
        settled: [],
      });

      expect(await store.entriesBefore(OTHER_TALK, seqOf(99), 10)).toEqual([]);
      expect(await store.conversations()).toHaveLength(2);
    });

    it("stores the same entry twice as one", async () => {
      await store.saveLog({ conversation: talk(1), entries: [entry(1)], settled: [] });
      await store.saveLog({ conversation: talk(2), entries: [entry(1), entry(2)], settled: [] });

      expect(await store.entriesBefore(TALK, seqOf(99), 10)).toEqual(sequence(1, 2));
      expect(await store.conversations()).toEqual([talk(2)]);
    });

    it("throws the stored log of that conversation away when it is replaced", async () => {
      await store.saveLog({ conversation: talk(2), entries: sequence(1, 2), settled: [] });
      await store.saveLog({
        conversation: { ...talk(41), from: seqOf(40) },
        entries: sequence(40, 41),
        settled: [],
        replaceLog: true,
      });

      expect(await store.entriesBefore(TALK, seqOf(99), 10)).toEqual(sequence(40, 41));
    });

    it("keeps the outbox in its order, each message once", async () => {
      await store.putOutbox(waiting(2));
      await store.putOutbox(waiting(1));
      await store.putOutbox({ ...waiting(2), state: { is: "failed", code: "too-long" } });

      expect(await store.outbox()).toEqual([
        waiting(1),
        { ...waiting(2), state: { is: "failed", code: "too-long" } },
      ]);
    });

    it("takes out of the outbox what is now in the log, and nothing else", async () => {
      await store.putOutbox(waiting(1));
      await store.putOutbox(waiting(2));
      await store.putOutbox({ ...waiting(1), conversation: OTHER_TALK });

      await store.saveLog({ conversation: talk(1), entries: [entry(1)], settled: [idOf(1), idOf(77)] });

      expect(await store.outbox()).toEqual(
        expect.arrayContaining([waiting(2), { ...waiting(1), conversation: OTHER_TALK }]),
      );
      expect(await store.outbox()).toHaveLength(2);
    });

    it("takes the text from what was deleted: the message and its edits, wherever they stand", async () => {
      const edit = (seq: number, target: number): StoredEntry => ({
        ...entry(seq),
        kind: "edit",
        target: seqOf(target),
        body: { text: `secret ${seq}` },
      });
      await store.saveLog({
        conversation: talk(4),
        entries: [entry(1), entry(2), edit(3, 1), edit(4, 2)],
        settled: [],
      });
      const other = { ...talk(1), conversation: OTHER_TALK };
      await store.saveLog({
        conversation: other,
        entries: [{ ...entry(1), conversation: OTHER_TALK }],
        settled: [],
      });

      const again = { conversation: talk(6), entries: [edit(5, 1), entry(6)], settled: [] };
      await store.saveLog({ ...again, erased: [seqOf(1), seqOf(99)] });

      const kinds = (await store.entriesBefore(TALK, seqOf(99), 10)).map(({ kind }) => kind);
      expect(kinds).toEqual(["erased", "message", "erased", "edit", "erased", "message"]);
      const stored = JSON.stringify(await store.entriesBefore(TALK, seqOf(99), 10));
      for (const text of ["text 1 ", "secret 3", "secret 5"]) expect(stored).not.toContain(text);
      for (const text of ["text 2 ", "secret 4", "text 6 "]) expect(stored).toContain(text);
      expect(await store.entriesBefore(OTHER_TALK, seqOf(9), 9)).toMatchObject([{ kind: "message" }]);
    });

    it("writes to the outbox in the same step in which it takes from it", async () => {
      await store.putOutbox(waiting(1));
      await store.putOutbox(waiting(2));

      const pointed = { ...waiting(2), after: seqOf(7) };
      await store.saveLog({
        conversation: talk(1),
        entries: [entry(1)],
        settled: [idOf(1)],
        outbox: [pointed],
      });

      expect(await store.outbox()).toEqual([pointed]);
    });

    it("removes one message from the outbox; one that is not there is no error", async () => {
      await store.putOutbox(waiting(1));

      await store.removeOutbox(TALK, idOf(1));
      await store.removeOutbox(TALK, idOf(1));

      expect(await store.outbox()).toEqual([]);
    });

    it("copies what it is given and what it gives", async () => {
      const tally = { [ADA]: 1 };
      await store.saveLog({ conversation: talk(1), entries: [{ ...entry(1), tally }], settled: [] });
      tally[ADA] = 99;

      const [first] = await store.entriesBefore(TALK, seqOf(2), 1);
      const [second] = await store.entriesBefore(TALK, seqOf(2), 1);

      expect(first?.tally).toEqual({ [ADA]: 1 });
      expect(first).not.toBe(second);
    });

    it("wipes everything and can be used again", async () => {
      await store.saveMe({ user: ADA, device: DEVICE });
      await store.saveLog({ conversation: talk(1), entries: [entry(1)], settled: [] });
      await store.putOutbox(waiting(2));

      await store.wipe();

      expect(await store.me()).toBeUndefined();
      expect(await store.conversations()).toEqual([]);
      expect(await store.outbox()).toEqual([]);
      expect(await store.entriesBefore(TALK, seqOf(99), 10)).toEqual([]);
      await store.putOutbox(waiting(3));
      expect(await store.outbox()).toEqual([waiting(3)]);
    });

    if (reopen)
      it("still has everything after a reload", async () => {
        await store.saveMe({ user: ADA, device: DEVICE });
        await store.saveLog({ conversation: talk(2), entries: sequence(1, 2), settled: [] });
        await store.putOutbox(waiting(3));

        const again = await reopen(store);

        expect(await again.me()).toEqual({ user: ADA, device: DEVICE });
        expect(await again.conversations()).toEqual([talk(2)]);
        expect(await again.entriesBefore(TALK, seqOf(99), 10)).toEqual(sequence(1, 2));
        expect(await again.outbox()).toEqual([waiting(3)]);
      });
  });
}

const OTHER_TALK = directConversation(ADA, CAROL);

const entry = (number: number): StoredEntry => ({
  ...grace(number),
  body: { text: `text ${number} \u{1F600} \u0000` },
  kind: "message",
});

const sequence = (first: number, last: number): StoredEntry[] =>
  Array.from({ length: last - first + 1 }, (_, index) => entry(first + index));

const talk = (cursor: number): StoredConversation =>
  kept({ cursor: seqOf(cursor), tail: seqOf(cursor), tallyAtTail: { [ADA]: cursor } });

const waiting = (order: number): OutboxItem => pending(String(order), 0, { id: idOf(order), order }).item;
