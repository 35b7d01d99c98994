import { describe, expect, it } from "vitest";
import type { Answer } from "../../core/client/chat-client.types";
import type { EntryId } from "../../core/domain/ids";
import { splitText } from "../../core/domain/split-text";
import { sendInParts } from "./send-in-parts";

const page = (letter: string) => letter.repeat(1_990);
const WHOLE = `${page("a")} ${page("b")} ${page("c")}`;
const parts = splitText(WHOLE) ?? [];

/** `answer`: to the part of this number, from 0. */
function stand(answer: (part: number) => Answer<EntryId>) {
  const sent: string[] = [];
  const state = { draft: WHOLE };
  const seen: string[] = [];
  const needs = {
    send: async (text: string) => {
      seen.push(state.draft);
      const given = answer(seen.length - 1);
      if (given.is === "ok") sent.push(text);
      return given;
    },
    draft: { read: () => state.draft, write: (text: string) => void (state.draft = text) },
  };
  return { needs, sent, seen, state };
}
const OK: Answer<EntryId> = { is: "ok", value: "stored-entry" as EntryId };

describe("a long text that is sent in parts", () => {
  it("is sent in order, and each part leaves the draft only when it is stored", async () => {
    const { needs, sent, seen, state } = stand(() => OK);

    expect(await sendInParts(needs, WHOLE, parts)).toEqual({ is: "sent" });

    expect(sent).toEqual([page("a"), page("b"), page("c")]);
    expect(seen).toEqual([WHOLE, `${page("b")} ${page("c")}`, page("c")]);
    expect(state.draft).toBe("");
  });

  it("stops at a part that is refused, which stays in the draft with all behind it", async () => {
    const refused = { is: "refused", code: "cannot-deliver" } as const;
    const { needs, sent, state } = stand((part) => (part === 1 ? refused : OK));

    const left = `${page("b")} ${page("c")}`;
    expect(await sendInParts(needs, WHOLE, parts)).toEqual({ is: "stopped", left, answer: refused });

    expect(sent).toEqual([page("a")]);
    expect(state.draft).toBe(left);
  });

  it("leaves a draft alone that was begun meanwhile, and still says what was not sent", async () => {
    const { needs, state } = stand((part) => {
      if (part === 0) state.draft = "something else";
      return part === 2 ? { is: "unreachable" } : OK;
    });

    expect(await sendInParts(needs, WHOLE, parts)).toMatchObject({ is: "stopped", left: page("c") });
    expect(state.draft).toBe("something else");
  });
});
