import { describe, expect, it } from "vitest";
import type { MessageView } from "../../core/client/views";
import { EDIT_WITHIN_MS } from "../../core/domain/limits";
import { actsOn } from "./message-acts";

// What is asked here looks at no id.
const message = (more: Partial<MessageView>) =>
  ({
    kind: "message",
    seq: 1,
    mine: true,
    text: "hello",
    at: 0,
    progress: { is: "sent" },
    ...more,
  }) as MessageView;
const open = { closed: false, now: 1_000 };

describe("what may be done to a message", () => {
  it("is more with one's own than with the other's", () => {
    expect(actsOn(message({}), open)).toEqual(["react", "copy", "edit", "delete"]);
    const { progress: _, ...theirs } = message({ mine: false });
    expect(actsOn(theirs, open)).toEqual(["react", "copy"]);
  });

  it("is no edit after a day", () => {
    expect(actsOn(message({}), { closed: false, now: EDIT_WITHIN_MS - 1 })).toContain("edit");
    expect(actsOn(message({}), { closed: false, now: EDIT_WITHIN_MS })).not.toContain("edit");
  });

  it("is to read and to copy where the conversation is closed", () => {
    expect(actsOn(message({ edited: { at: 1 } }), { closed: true, now: 0 })).toEqual(["copy", "history"]);
  });

  it.each(["waiting", "failed"] as const)("is to change it or to remove it while it is %s", (is) => {
    const progress = is === "failed" ? ({ is, code: "expired" } as const) : ({ is } as const);
    expect(actsOn(message({ progress }), open)).toEqual(["copy", "edit", "remove"]);
  });
});
