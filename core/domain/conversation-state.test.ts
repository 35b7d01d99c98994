import { describe, expect, it } from "vitest";
import { RandomIds } from "../testing/random-ids";
import { seededRandom } from "../testing/seeded-random";
import { stateAfter, tallyAfter } from "./conversation-state";

const ids = new RandomIds(seededRandom(1));
const [ada, grace] = [ids.user(), ids.user()];
const open = { is: "open" } as const;
const closedByAda = { is: "closed", by: ada } as const;

describe("the state of a conversation", () => {
  it("takes messages while it is open", () => {
    expect(stateAfter(open, "message", ada)).toEqual(open);
    expect(stateAfter(closedByAda, "message", ada)).toBeUndefined();
    expect(stateAfter(closedByAda, "message", grace)).toBeUndefined();
  });

  it("is closed by either and opened by the one who closed it", () => {
    expect(stateAfter(open, "closed", ada)).toEqual(closedByAda);
    expect(stateAfter(closedByAda, "closed", grace)).toBeUndefined();
    expect(stateAfter(closedByAda, "opened", grace)).toBeUndefined();
    expect(stateAfter(closedByAda, "opened", ada)).toEqual(open);
    expect(stateAfter(open, "opened", ada)).toBeUndefined();
  });
});

describe("the tally", () => {
  it("counts messages by their sender and nothing else", () => {
    expect(tallyAfter({}, "message", ada)).toEqual({ [ada]: 1 });
    expect(tallyAfter({ [ada]: 1, [grace]: 4 }, "message", grace)).toEqual({ [ada]: 1, [grace]: 5 });
    expect(tallyAfter({ [ada]: 1 }, "closed", ada)).toEqual({ [ada]: 1 });
  });
});
