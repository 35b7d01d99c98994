import { describe, expect, it } from "vitest";
import { RandomIds } from "../testing/random-ids";
import { seededRandom } from "../testing/seeded-random";
import { stateAfter, tallyAfter } from "./conversation-state";

const ids = new RandomIds(seededRandom(1));
const [ada, grace] = [ids.user(), ids.user()];
const open = { is: "open" } as const;
const closedByAda = { is: "closed", by: [ada] } as const;
const closedByBoth = { is: "closed", by: [ada, grace] } as const;

describe("the state of a conversation", () => {
  it.each(["message", "edit", "delete", "reaction"] as const)("takes a %s while it is open", (kind) => {
    expect(stateAfter(open, kind, ada)).toEqual(open);
    expect(stateAfter(closedByAda, kind, ada)).toBeUndefined();
    expect(stateAfter(closedByAda, kind, grace)).toBeUndefined();
  });

  it("is closed by either and opened by the one who closed it", () => {
    expect(stateAfter(open, "closed", ada)).toEqual(closedByAda);
    expect(stateAfter(closedByAda, "closed", ada)).toBeUndefined();
    expect(stateAfter(closedByAda, "opened", grace)).toBeUndefined();
    expect(stateAfter(closedByAda, "opened", ada)).toEqual(open);
    expect(stateAfter(open, "opened", ada)).toBeUndefined();
  });

  it("may be closed by both, and then opens when both have opened it", () => {
    expect(stateAfter(closedByAda, "closed", grace)).toEqual(closedByBoth);
    expect(stateAfter(closedByBoth, "opened", ada)).toEqual({ is: "closed", by: [grace] });
    expect(stateAfter(closedByBoth, "opened", grace)).toEqual(closedByAda);
    expect(stateAfter(closedByBoth, "closed", grace)).toBeUndefined();
  });
});

describe("the tally", () => {
  it("counts messages by their sender and nothing else", () => {
    expect(tallyAfter({}, "message", ada)).toEqual({ [ada]: 1 });
    expect(tallyAfter({ [ada]: 1, [grace]: 4 }, "message", grace)).toEqual({ [ada]: 1, [grace]: 5 });
    expect(tallyAfter({ [ada]: 1 }, "closed", ada)).toEqual({ [ada]: 1 });
  });
});
