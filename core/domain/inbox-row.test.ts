import { describe, expect, it } from "vitest";
import { RandomIds } from "../testing/random-ids";
import { seededRandom } from "../testing/seeded-random";
import { unreadOf } from "./inbox-row";

const ids = new RandomIds(seededRandom(1));
const [ada, grace] = [ids.user(), ids.user()];

describe("unread", () => {
  it("is what the others have written since", () => {
    expect(unreadOf({ [ada]: 9, [grace]: 20 }, { [ada]: 2, [grace]: 17 }, ada)).toBe(3);
    expect(unreadOf({ [grace]: 4 }, {}, ada)).toBe(4);
    expect(unreadOf({}, {}, ada)).toBe(0);
  });

  it("is never less than nothing", () => {
    expect(unreadOf({ [grace]: 1 }, { [grace]: 5 }, ada)).toBe(0);
  });
});
