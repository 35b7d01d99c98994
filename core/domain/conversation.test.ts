import { describe, expect, it } from "vitest";
import { RandomIds } from "../testing/random-ids";
import { seededRandom } from "../testing/seeded-random";
import { conversationOf, directConversation, membersOf, peerOf } from "./conversation";

const ids = new RandomIds(seededRandom(1));
const [ada, grace, mallory] = [ids.user(), ids.user(), ids.user()];
const conversation = directConversation(ada, grace);
const [first, second] = [ada, grace].sort();

describe("a direct conversation", () => {
  it("has one name from either side, and takes two", () => {
    expect(directConversation(grace, ada)).toBe(conversation);
    expect(conversation).toBe(`d.${first}.${second}`);
    expect(() => directConversation(ada, ada)).toThrow(RangeError);
  });

  it("tells its members by its name", () => {
    expect(membersOf(conversation)).toEqual([first, second]);
    expect(peerOf(conversation, ada)).toBe(grace);
    expect(() => peerOf(conversation, mallory)).toThrow(RangeError);
  });

  it("is nobody's but its members'", () => {
    expect(conversationOf(conversation, ada)).toBe(conversation);
    expect(conversationOf(conversation, mallory)).toBeUndefined();
  });

  it.each([
    "",
    "d",
    "d..",
    `d.${ada}`,
    `d.${ada}.${ada}`,
    `d.${second}.${first}`,
    `d.${first}.${second}.${second}`,
    `d.${first}.${second}.`,
    ` d.${first}.${second}`,
    `D.${first}.${second}`,
    `r.${first}.${second}`,
    `d.${first?.toUpperCase()}.${second}`,
    `d.${first}\n.${second}`,
    "__proto__",
  ])("has no other name: %j", (name) => expect(membersOf(name)).toBeUndefined());
});
