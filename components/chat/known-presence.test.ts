import { describe, expect, it } from "vitest";
import { directConversation } from "../../core/domain/conversation";
import { isUserId } from "../../core/domain/ids";
import { keepPresence } from "./known-presence";

const NOW = 1_700_000_000_000;
const GRACE = conversationWith("b");
const ALAN = conversationWith("c");
const online = { is: "online" } as const;
const lastSeen = { is: "offline", lastSeenAt: NOW - 60_000 } as const;
const open = { conversation: GRACE, closed: false };

describe("what the header knows of the other person", () => {
  it("is what the server said last", () => {
    expect(keepPresence({ conversation: GRACE }, { ...open, peerPresence: online }, NOW).presence).toBe(
      online,
    );
    expect(
      keepPresence({ conversation: GRACE, presence: online }, { ...open, peerPresence: lastSeen }, NOW)
        .presence,
    ).toBe(lastSeen);
  });

  it("stays when the line is lost after the other person had left", () => {
    const before = { conversation: GRACE, presence: lastSeen };
    expect(keepPresence(before, open, NOW)).toBe(before);
  });

  it("becomes last seen at that moment when the line is lost while the other person is there", () => {
    const lost = keepPresence({ conversation: GRACE, presence: online }, open, NOW);
    expect(lost.presence).toEqual({ is: "offline", lastSeenAt: NOW });
    expect(keepPresence(lost, open, NOW + 30_000)).toBe(lost);
  });

  it("is forgotten in a closed conversation and in another one", () => {
    const before = { conversation: GRACE, presence: lastSeen };
    const closed = keepPresence(before, { ...open, closed: true }, NOW);
    expect(closed.presence).toBeUndefined();
    expect(keepPresence(closed, { ...open, closed: true }, NOW)).toBe(closed);
    expect(keepPresence(before, { conversation: ALAN, closed: false }, NOW)).toEqual({ conversation: ALAN });
  });
});

function conversationWith(last: string) {
  return directConversation(userId("a"), userId(last));
}

function userId(last: string) {
  const id = `00000000-0000-4000-8000-00000000000${last}`;
  if (!isUserId(id)) throw new RangeError("unable to name a person; the id is malformed");
  return id;
}
