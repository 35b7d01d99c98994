import { beforeEach, describe, expect, it } from "vitest";
import { directConversation } from "../domain/conversation";
import type { Entry } from "../domain/entry";
import { NO_SEQ, seqOf, type ConversationId } from "../domain/ids";
import type { Log } from "../domain/ports/log";
import { messageEntry } from "./entries";
import { amendContract } from "./log-amend.contract";
import { RandomIds } from "./random-ids";

const ids = new RandomIds(Math.random);
const seqs = (entries: readonly Entry[]) => entries.map((entry) => entry.seq);

/** What every log promises. The log may hold other conversations: each test makes its own. */
export function logContract(name: string, makeLog: () => Log | Promise<Log>): void {
  amendContract(name, makeLog);
  describe(`the log contract, ${name}`, () => {
    let log: Log;
    let conversation: ConversationId;
    const from = ids.user();
    const device = ids.device();
    const message = (seq: number, text?: string): Entry =>
      messageEntry({
        conversation,
        seq,
        id: ids.entry(),
        from,
        device,
        ...(text === undefined ? {} : { text }),
      });
    const fill = (count: number) =>
      Promise.all(Array.from({ length: count }, (_, index) => log.append(message(index + 1))));

    beforeEach(async () => {
      log = await makeLog();
      conversation = directConversation(from, ids.user());
    });

    it("has nothing in a conversation that nobody has written to", async () => {
      expect(await log.tail(conversation)).toBeUndefined();
      expect(await log.readFrom(conversation, NO_SEQ, 10)).toEqual([]);
      expect(await log.readBefore(conversation, seqOf(10), 10)).toEqual([]);
    });

    it("gives an entry back as it was appended", async () => {
      const entry = message(1, '¿qué tal? \u{1F44B}\u{1F3FD} שלום\n\ttab "quote" \\ \u0000');

      expect(await log.append(entry)).toBe("appended");

      expect(await log.readFrom(conversation, seqOf(1), 1)).toStrictEqual([entry]);
      expect(await log.tail(conversation)).toStrictEqual(entry);
    });

    it("keeps who closed a conversation, both tallies, how fast they write and the time of expiry", async () => {
      const entry: Entry = {
        kind: "closed",
        conversation,
        seq: seqOf(1),
        id: ids.entry(),
        from,
        device,
        at: 1_767_225_600_001,
        tally: { [from]: 22, [ids.user()]: 20 },
        state: { is: "closed", by: [from] },
        bumpedAt: 0,
        paces: { [from]: { since: 1_767_225_600_000, count: 12 } },
        expiresAtSeconds: 4_102_444_800,
      };

      await log.append(entry);

      expect(await log.tail(conversation)).toStrictEqual(entry);
    });

    it("leaves what stands in a slot and says that it is taken", async () => {
      const first = message(1, "first");
      await log.append(first);

      expect(await log.append(message(1, "second"))).toBe("taken");

      expect(await log.readFrom(conversation, NO_SEQ, 10)).toStrictEqual([first]);
    });

    it("lets one of many take a slot", async () => {
      const rivals = Array.from({ length: 8 }, (_, index) => message(1, `rival ${index}`));

      const outcomes = await Promise.all(rivals.map((entry) => log.append(entry)));

      expect(outcomes.filter((outcome) => outcome === "appended")).toHaveLength(1);
      expect(await log.tail(conversation)).toStrictEqual(rivals[outcomes.indexOf("appended")]);
    });

    it("reads upwards in the order of the numbers, from a slot, itself included, up to the limit", async () => {
      await fill(12);

      expect(seqs(await log.readFrom(conversation, NO_SEQ, 100))).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
      ]);
      expect(seqs(await log.readFrom(conversation, seqOf(9), 3))).toEqual([9, 10, 11]);
      expect(seqs(await log.readFrom(conversation, seqOf(12), 3))).toEqual([12]);
      expect(seqs(await log.readFrom(conversation, seqOf(13), 3))).toEqual([]);
    });

    it("reads the last entries below a slot, ascending, itself not included", async () => {
      await fill(12);

      expect(seqs(await log.readBefore(conversation, seqOf(12), 3))).toEqual([9, 10, 11]);
      expect(seqs(await log.readBefore(conversation, seqOf(3), 5))).toEqual([1, 2]);
      expect(seqs(await log.readBefore(conversation, seqOf(1), 5))).toEqual([]);
      expect(seqs(await log.readBefore(conversation, seqOf(100), 2))).toEqual([11, 12]);
    });

    it("names the entry with the highest number as the tail", async () => {
      await fill(11);

      expect((await log.tail(conversation))?.seq).toBe(11);
    });

    it("shows at once what was appended, every time", async () => {
      for (let seq = 1; seq <= 10; seq += 1) {
        await log.append(message(seq));
        expect((await log.tail(conversation))?.seq).toBe(seq);
        expect(seqs(await log.readFrom(conversation, seqOf(seq), 5))).toEqual([seq]);
      }
    });

    it("keeps conversations apart", async () => {
      await fill(2);
      const other = directConversation(from, ids.user());

      expect(await log.tail(other)).toBeUndefined();
      expect(await log.append({ ...message(1), conversation: other })).toBe("appended");
      expect((await log.tail(conversation))?.seq).toBe(2);
    });

    it("reads more than a megabyte in one call", async () => {
      const text = "x".repeat(8_000);
      await Promise.all(Array.from({ length: 150 }, (_, index) => log.append(message(index + 1, text))));

      expect(await log.readFrom(conversation, seqOf(1), 502)).toHaveLength(150);
      expect(seqs(await log.readBefore(conversation, seqOf(151), 148)).at(0)).toBe(3);
    }, 20_000);
  });
}
