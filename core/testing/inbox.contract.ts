import { beforeEach, describe, expect, it } from "vitest";
import { directConversation } from "../domain/conversation";
import { seqOf, type ConversationId, type UserId } from "../domain/ids";
import type { Inbox, InboxPage } from "../domain/ports/inbox";
import { Refusal } from "../domain/refusal";
import { RandomIds } from "./random-ids";

const ids = new RandomIds(Math.random);
const EARLY = 1_767_225_600_000;

async function pages(inbox: Inbox, user: UserId, limit: number): Promise<readonly InboxPage[]> {
  const read: InboxPage[] = [];
  for (let next: string | undefined; ;) {
    const page = await inbox.byActivity(user, limit, next);
    read.push(page);
    next = page.next;
    if (next === undefined) return read;
  }
}

/** What every inbox promises. */
export function inboxContract(name: string, makeInbox: () => Inbox | Promise<Inbox>): void {
  describe(`the inbox contract, ${name}`, () => {
    let inbox: Inbox;
    let me: UserId;
    let peer: UserId;
    let conversation: ConversationId;

    beforeEach(async () => {
      inbox = await makeInbox();
      me = ids.user();
      peer = ids.user();
      conversation = directConversation(me, peer);
    });

    describe("opening", () => {
      it("makes a row with nothing seen, for this person only", async () => {
        const row = await inbox.open(me, conversation, EARLY);

        expect(row).toStrictEqual({
          user: me,
          conversation,
          activeAt: EARLY,
          floor: 0,
          delivered: 0,
          read: 0,
          tallyAtRead: {},
        });
        expect(await inbox.row(me, conversation)).toStrictEqual(row);
        expect(await inbox.row(peer, conversation)).toBeUndefined();
      });

      it("changes nothing of a row that is there, and answers with it", async () => {
        await inbox.open(me, conversation, EARLY);
        await inbox.bump(conversation, [me], EARLY + 5, seqOf(7));
        await inbox.raise(me, conversation, { delivered: seqOf(3) });

        const row = await inbox.open(me, conversation, EARLY + 9);

        expect(row).toMatchObject({ activeAt: EARLY + 5, floor: 7, delivered: 3 });
        expect(await inbox.row(me, conversation)).toStrictEqual(row);
      });
    });

    describe("bumping", () => {
      it("makes and raises the rows of both", async () => {
        await inbox.open(me, conversation, EARLY);

        await inbox.bump(conversation, [me, peer], EARLY + 1, seqOf(10_000));

        const expected = {
          conversation,
          activeAt: EARLY + 1,
          floor: 10_000,
          delivered: 0,
          read: 0,
          tallyAtRead: {},
        };
        expect(await inbox.row(me, conversation)).toStrictEqual({ user: me, ...expected });
        expect(await inbox.row(peer, conversation)).toStrictEqual({ user: peer, ...expected });
      });

      it("lets neither the time nor the floor fall", async () => {
        await inbox.bump(conversation, [me], EARLY + 10, seqOf(100));

        await inbox.bump(conversation, [me], EARLY + 5, seqOf(50));
        expect(await inbox.row(me, conversation)).toMatchObject({ activeAt: EARLY + 10, floor: 100 });

        await inbox.bump(conversation, [me], EARLY + 20, seqOf(50));
        expect(await inbox.row(me, conversation)).toMatchObject({ activeAt: EARLY + 20, floor: 100 });

        await inbox.bump(conversation, [me], EARLY + 5, seqOf(200));
        expect(await inbox.row(me, conversation)).toMatchObject({ activeAt: EARLY + 20, floor: 200 });
      });

      it("leaves the watermarks alone", async () => {
        await inbox.open(me, conversation, EARLY);
        await inbox.raise(me, conversation, {
          delivered: seqOf(4),
          read: { seq: seqOf(2), tally: { [peer]: 2 } },
        });

        await inbox.bump(conversation, [me, peer], EARLY + 1, seqOf(100));

        expect(await inbox.row(me, conversation)).toMatchObject({
          delivered: 4,
          read: 2,
          tallyAtRead: { [peer]: 2 },
        });
      });

      it("ends at the highest of many at once", async () => {
        const floors = [30, 10, 50, 20, 40];

        await Promise.all(
          floors.map((floor) => inbox.bump(conversation, [me, peer], EARLY + floor, seqOf(floor))),
        );

        expect(await inbox.row(me, conversation)).toMatchObject({ activeAt: EARLY + 50, floor: 50 });
        expect(await inbox.row(peer, conversation)).toMatchObject({ activeAt: EARLY + 50, floor: 50 });
      });
    });

    describe("by activity", () => {
      it("lists the newest activity first, each row once, page by page", async () => {
        const conversations = Array.from({ length: 7 }, () => directConversation(me, ids.user()));
        await Promise.all(conversations.map((one, index) => inbox.open(me, one, EARLY + index)));
        await inbox.bump(conversations[0]!, [me], EARLY + 100, seqOf(1));

        const read = await pages(inbox, me, 3);

        expect(read.every((page) => page.rows.length <= 3)).toBe(true);
        expect(read.flatMap((page) => page.rows.map((row) => row.conversation))).toEqual(
          [0, 6, 5, 4, 3, 2, 1].map((index) => conversations[index]),
        );
      });

      it("loses none of the rows of one instant", async () => {
        const conversations = Array.from({ length: 5 }, () => directConversation(me, ids.user()));
        await Promise.all(conversations.map((one) => inbox.open(me, one, EARLY)));

        const read = await pages(inbox, me, 2);

        const listed = read.flatMap((page) => page.rows.map((row) => row.conversation));
        expect(listed.sort()).toEqual([...conversations].sort());
      });

      it("has nothing for a person without conversations", async () => {
        expect(await inbox.byActivity(me, 10)).toStrictEqual({ rows: [] });
      });

      it("refuses a place to go on from that it did not give", async () => {
        await inbox.open(me, conversation, EARLY);

        for (const next of ["", "nonsense", "{}", "null", "eyJhIjoxfQ==", "\u0000", "x".repeat(500)]) {
          const refusal = await inbox.byActivity(me, 10, next).then(
            () => "answered",
            (error: unknown) => (error instanceof Refusal ? error.code : error),
          );
          expect(refusal, JSON.stringify(next.slice(0, 20))).toBe("bad-frame");
        }
      });

      it("shows nobody else's rows to someone who brings another person's place", async () => {
        for (let index = 0; index < 3; index += 1) {
          await inbox.open(peer, directConversation(peer, ids.user()), EARLY + index);
        }
        await inbox.open(me, conversation, EARLY);
        const { next } = await inbox.byActivity(peer, 1);

        const rows = await inbox.byActivity(me, 10, next).then(
          (page) => page.rows,
          () => [],
        );

        expect(next).toBeDefined();
        expect(rows.every((row) => row.user === me)).toBe(true);
      });
    });

    describe("raising watermarks", () => {
      beforeEach(async () => {
        await inbox.open(me, conversation, EARLY);
      });

      it("raises delivered and answers with both", async () => {
        expect(await inbox.raise(me, conversation, { delivered: seqOf(5) })).toEqual({
          delivered: 5,
          read: 0,
        });

        expect(await inbox.row(me, conversation)).toMatchObject({ delivered: 5, read: 0, tallyAtRead: {} });
      });

      it("says unchanged when none is higher, and lowers none", async () => {
        const tally = { [peer]: 3 };
        await inbox.raise(me, conversation, { delivered: seqOf(5), read: { seq: seqOf(4), tally } });

        const equal = { delivered: seqOf(5), read: { seq: seqOf(4), tally: { [peer]: 9 } } };
        expect(await inbox.raise(me, conversation, equal)).toBe("unchanged");
        const lower = { delivered: seqOf(2), read: { seq: seqOf(1), tally: { [peer]: 1 } } };
        expect(await inbox.raise(me, conversation, lower)).toBe("unchanged");
        expect(await inbox.raise(me, conversation, { delivered: seqOf(5) })).toBe("unchanged");

        expect(await inbox.row(me, conversation)).toMatchObject({
          delivered: 5,
          read: 4,
          tallyAtRead: tally,
        });
      });

      it("lifts delivered with read and keeps the tally at read", async () => {
        const read = { seq: seqOf(6), tally: { [me]: 2, [peer]: 4 } };

        expect(await inbox.raise(me, conversation, { delivered: seqOf(3), read })).toEqual({
          delivered: 6,
          read: 6,
        });

        expect(await inbox.row(me, conversation)).toMatchObject({
          delivered: 6,
          read: 6,
          tallyAtRead: read.tally,
        });
      });

      it("raises the one that is higher and keeps the other", async () => {
        const tally = { [peer]: 4 };
        await inbox.raise(me, conversation, { delivered: seqOf(5), read: { seq: seqOf(4), tally } });

        const answer = await inbox.raise(me, conversation, {
          delivered: seqOf(8),
          read: { seq: seqOf(2), tally: { [peer]: 2 } },
        });

        expect(answer).toEqual({ delivered: 8, read: 4 });
        expect(await inbox.row(me, conversation)).toMatchObject({
          delivered: 8,
          read: 4,
          tallyAtRead: tally,
        });

        const second = { delivered: seqOf(1), read: { seq: seqOf(7), tally: { [peer]: 7 } } };
        expect(await inbox.raise(me, conversation, second)).toEqual({ delivered: 8, read: 7 });
        expect(await inbox.row(me, conversation)).toMatchObject({ tallyAtRead: { [peer]: 7 } });
      });

      it("ends at the highest of many at once, with its tally", async () => {
        const raises = [3, 9, 1, 7, 5].map((seq) =>
          inbox.raise(me, conversation, {
            delivered: seqOf(seq + 1),
            read: { seq: seqOf(seq), tally: { [peer]: seq } },
          }),
        );

        await Promise.all(raises);

        expect(await inbox.row(me, conversation)).toMatchObject({
          delivered: 10,
          read: 9,
          tallyAtRead: { [peer]: 9 },
        });
      });

      it("makes no row where there is none", async () => {
        expect(await inbox.raise(peer, conversation, { delivered: seqOf(5) })).toBe("unchanged");

        expect(await inbox.row(peer, conversation)).toBeUndefined();
      });

      it("leaves the time of activity alone", async () => {
        await inbox.raise(me, conversation, { delivered: seqOf(5) });

        expect(await inbox.row(me, conversation)).toMatchObject({ activeAt: EARLY, floor: 0 });
      });
    });
  });
}
