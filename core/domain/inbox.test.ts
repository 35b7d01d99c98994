import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { refusalOf } from "../testing/refusal-of";
import type { ConversationId } from "./ids";
import { seqOf } from "./ids";
import { inbox } from "./inbox";
import { INBOX_ROWS } from "./limits";

let world: MemoryWorld;
let ada: Seat;

async function meet(count: number): Promise<readonly ConversationId[]> {
  const conversations: ConversationId[] = [];
  for (let index = 0; index < count; index += 1) {
    conversations.push(await world.opened(ada, await world.seat(`peer${index}`)));
    world.clock.advance(1_000);
  }
  return conversations;
}

beforeEach(async () => {
  world = memoryWorld();
  ada = await world.seat("ada");
});

describe("the list of conversations", () => {
  it("is paged, newest activity first, each once", async () => {
    const conversations = await meet(INBOX_ROWS + 3);

    const first = await inbox(world, ada);
    const second = await inbox(world, ada, { next: first.next });

    expect(first.rows).toHaveLength(INBOX_ROWS);
    expect(second.next).toBeUndefined();
    expect([...first.rows, ...second.rows].map((row) => row.conversation)).toEqual(
      [...conversations].reverse(),
    );
  });

  it("has both sides' watermarks", async () => {
    const [conversation] = await meet(1);
    const peer = (await inbox(world, ada)).rows[0]?.peer;
    if (!conversation || !peer) throw new Error("nobody was met");
    await world.inbox.open(peer.user, conversation, world.clock.now());
    await world.inbox.raise(peer.user, conversation, { delivered: seqOf(7) });
    await world.inbox.raise(ada.user, conversation, {
      delivered: seqOf(5),
      read: { seq: seqOf(4), tally: {} },
    });

    const { rows } = await inbox(world, ada);

    expect(rows[0]).toMatchObject({ mine: { delivered: 5, read: 4 }, theirs: { delivered: 7, read: 0 } });
    expect(peer).toMatchObject({ handle: "peer0", name: "Peer0" });
  });

  it("refuses a place to go on from that it did not give", async () => {
    expect(await refusalOf(inbox(world, ada, { next: "nonsense" }))).toBe("bad-frame");
  });

  it("stands, though one row has a peer whom nobody knows", async () => {
    await meet(2);
    await world.opened(ada, { user: world.ids.user() });

    expect((await inbox(world, ada)).rows).toHaveLength(2);
  });
});
