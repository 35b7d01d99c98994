import { beforeEach, describe, expect, it } from "vitest";
import { directConversation } from "../domain/conversation";
import { checkEmoji, type Emoji } from "../domain/emoji";
import { writtenAs, type Amendment, type Draft, type Entry } from "../domain/entry";
import { seqOf, type ConversationId, type UserId } from "../domain/ids";
import type { Log } from "../domain/ports/log";
import { messageEntry } from "./entries";
import { RandomIds } from "./random-ids";

const ids = new RandomIds(Math.random);

/** What every log promises of amendments: the same as core/domain/amend.ts says, also when many come at once. */
export function amendContract(name: string, makeLog: () => Log | Promise<Log>): void {
  describe(`the log contract for amendments, ${name}`, () => {
    let log: Log;
    let conversation: ConversationId;
    let ada: UserId;
    let grace: UserId;
    const device = ids.device();
    const placed = (seq: number, from: UserId) => ({
      conversation,
      seq: seqOf(seq),
      id: ids.entry(),
      from,
      device,
      at: 1_767_225_600_000 + seq,
      tally: { [ada]: 1 },
      state: { is: "open" } as const,
      bumpedAt: 5,
    });
    const edit = (seq: number, text: string, from = ada) =>
      ({ ...placed(seq, from), kind: "edit", target: seqOf(1), body: { text } }) as const;
    const remove = (seq: number, from = ada) =>
      ({ ...placed(seq, from), kind: "delete", target: seqOf(1) }) as const;
    const react = (seq: number, from: UserId, emoji?: Emoji) =>
      ({ ...placed(seq, from), kind: "reaction", target: seqOf(1), ...(emoji ? { emoji } : {}) }) as const;
    const standing = async (seq = 1) => (await log.readFrom(conversation, seqOf(seq), 1))[0];

    beforeEach(async () => {
      log = await makeLog();
      [ada, grace] = [ids.user(), ids.user()];
      conversation = directConversation(ada, grace);
      await log.append(
        messageEntry({ conversation, seq: 1, id: ids.entry(), from: ada, device, text: "one" }),
      );
    });

    it("keeps an amendment as it was appended", async () => {
      const all = [edit(2, "two"), remove(3), react(4, grace, THUMB), react(5, grace), turn(6)];

      for (const entry of all) expect(await log.append(entry)).toBe("appended");

      expect(await log.readFrom(conversation, seqOf(2), 5)).toStrictEqual(all);
    });

    it("gives the message its new text and keeps the old one with it", async () => {
      const changed = await log.amend(edit(2, "two"));

      const told = { body: { text: "two" }, edited: { seq: 2, at: edit(2, "").at }, edits: [2] };
      expect(changed).toMatchObject({ kind: "message", seq: 1, original: { text: "one" }, ...told });
      expect(await standing()).toStrictEqual(changed);
      expect(await log.amend(edit(3, "three"))).toMatchObject({
        body: { text: "three" },
        original: { text: "one" },
        edits: [2, 3],
      });
    });

    it("goes by the newest edit, in whatever order they come, and remembers each once", async () => {
      for (const seq of [4, 2, 4, 3, 2]) await log.amend(edit(seq, `text ${seq}`));

      expect(await standing()).toMatchObject({
        body: { text: "text 4" },
        edited: { seq: 4 },
        original: { text: "one" },
        edits: expect.toSatisfy((slots: number[]) => [...slots].sort().join() === "2,3,4"),
      });
    });

    it("keeps one reaction a person, the newest, also one that was taken away", async () => {
      await log.amend(react(2, grace, THUMB));
      await log.amend(react(3, ada, HEART));
      expect(await standing()).toMatchObject({
        reactions: { [grace]: { seq: 2, emoji: THUMB }, [ada]: { seq: 3, emoji: HEART } },
      });

      await log.amend(react(5, grace));
      await log.amend(react(4, grace, HEART));

      expect(await standing()).toMatchObject({ body: { text: "one" } });
      const { reactions } = (await standing()) as Extract<Entry, { kind: "message" }>;
      expect(reactions).toStrictEqual({ [grace]: { seq: 5 }, [ada]: { seq: 3, emoji: HEART } });
    });

    it("leaves nothing of a deleted message but its place", async () => {
      const before = await standing();
      await log.amend(edit(2, "two"));
      await log.amend(react(3, grace, THUMB));

      const erased = await log.amend(remove(4));

      const { id, from, at, tally, state, bumpedAt } = before!;
      const place = { conversation, seq: 1, id, from, device, at, tally, state, bumpedAt };
      expect(erased).toStrictEqual({ kind: "erased", was: "message", edits: [2], ...place });
      expect(await standing()).toStrictEqual(erased);
    });

    it("brings nothing back from a delete, and answers with what is left", async () => {
      const erased = await log.amend(remove(2));

      for (const late of [edit(3, "three"), react(4, grace, THUMB), remove(5), edit(1, "x")])
        expect(await log.amend(late)).toStrictEqual(erased);
      expect(await standing()).toStrictEqual(erased);
    });

    it("lets nobody but its author edit or delete a message", async () => {
      const before = await standing();

      expect(await log.amend(edit(2, "forged", grace))).toStrictEqual(before);
      expect(await log.amend(remove(3, grace))).toStrictEqual(before);
      expect(await standing()).toStrictEqual(before);
    });

    it("makes nothing where nothing stands, and changes nothing that is no message", async () => {
      const other = turn(2);
      await log.append(other);

      expect(await log.amend({ ...react(4, grace, THUMB), target: seqOf(9) })).toBeUndefined();
      expect(await log.amend({ ...remove(4), target: seqOf(2) })).toBeUndefined();
      expect(await standing(2)).toStrictEqual(other);
      expect(await log.readFrom(conversation, seqOf(3), 9)).toEqual([]);
    });

    it("takes the text from an edit, once and for all, and from nothing else", async () => {
      const [first, second] = [edit(2, "secret"), edit(3, "kept")];
      await log.append(first);
      await log.append(second);

      for (const seq of [2, 2, 1, 9]) await log.eraseEdit(conversation, seqOf(seq));

      const { kind: _, body: __, target: ___, ...place } = first;
      expect(await standing(2)).toStrictEqual({ ...place, kind: "erased", was: "edit" });
      expect(writtenAs((await standing(2))!)).toBe("edit" satisfies Draft["kind"]);
      expect(await standing(3)).toStrictEqual(second);
      expect(await standing(1)).toMatchObject({ body: { text: "one" } });
      expect(await standing(9)).toBeUndefined();
    });

    it("holds what many do at once, each his own", async () => {
      const amendments: Amendment[] = [
        ...[2, 3, 4].map((seq) => edit(seq, `text ${seq}`)),
        ...[5, 6, 7].map((seq) => react(seq, grace, seq === 7 ? HEART : THUMB)),
        ...[8, 9].map((seq) => react(seq, ada, THUMB)),
      ];

      await Promise.all(amendments.map((amendment) => log.amend(amendment)));

      expect(await standing()).toMatchObject({
        body: { text: "text 4" },
        original: { text: "one" },
        edits: expect.toSatisfy((slots: number[]) => [...slots].sort().join() === "2,3,4"),
        reactions: { [grace]: { seq: 7, emoji: HEART }, [ada]: { seq: 9, emoji: THUMB } },
      });
    });

    const turn = (seq: number): Entry => ({ ...placed(seq, ada), kind: "opened" });
  });
}

const THUMB = emojiOf("👍🏽");
const HEART = emojiOf("❤️");

function emojiOf(text: string): Emoji {
  const emoji = checkEmoji(text);
  if (!emoji) throw new RangeError(`unable to react with ${text}; it is no emoji`);
  return emoji;
}
