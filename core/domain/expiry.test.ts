import { describe, expect, it } from "vitest";
import { messageEntry } from "../testing/entries";
import { RandomIds } from "../testing/random-ids";
import { seededRandom } from "../testing/seeded-random";
import { directConversation } from "./conversation";
import { isExpired, unexpired } from "./expiry";

const ids = new RandomIds(seededRandom(1));
const from = ids.user();
const conversation = directConversation(from, ids.user());
const entry = (seq: number, expiresAtSeconds?: number) => {
  const message = messageEntry({ conversation, seq, id: ids.entry(), from, device: ids.device() });
  return expiresAtSeconds === undefined ? message : { ...message, expiresAtSeconds };
};

describe("expiry", () => {
  it("begins with its second", () => {
    expect(isExpired(entry(1, 10), 9_999)).toBe(false);
    expect(isExpired(entry(1, 10), 10_000)).toBe(true);
    expect(isExpired(entry(1), 10_000)).toBe(false);
  });

  it("takes the beginning of a log, never a piece of its middle", () => {
    const [one, two, three] = [entry(1), entry(2, 10), entry(3)];

    expect(unexpired([one, two, three], 9_999)).toEqual([one, two, three]);
    expect(unexpired([one, two, three], 10_000)).toEqual([three]);
    expect(unexpired([one, two], 10_000)).toEqual([]);
    expect(unexpired([], 10_000)).toEqual([]);
  });
});
