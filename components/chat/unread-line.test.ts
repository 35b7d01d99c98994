import { describe, expect, it } from "vitest";
import type { EntryView } from "../../core/client/views";
import { seqOf } from "../../core/domain/ids";
import { messageView as message } from "./entry-view.fixture";
import { fixLine, lineAt, lookAway, type UnreadLine } from "./unread-line";

const opening: UnreadLine = { is: "opening" };

/** Everything up to 2 was read before. */
const shown = (entries: readonly EntryView[], read = 2, loadedFrom = 1) => ({
  entries,
  readAtOpening: seqOf(2),
  read: seqOf(read),
  loadedFrom: seqOf(loadedFrom),
  hasOlder: loadedFrom > 1,
});

describe("the line above the first unread message", () => {
  it("stands above the first of the other's messages that was not read", () => {
    const entries = [message(2, "grace"), message(3, "ada"), message(4, "grace")];

    expect(lineAt(opening, shown(entries))).toBe(4);
    expect(lineAt(opening, shown([message(2, "grace")]))).toBeUndefined();
  });

  it("stands nowhere while the first unread message is not loaded", () => {
    expect(lineAt(opening, shown([message(9, "grace"), message(10, "grace")], 2, 9))).toBeUndefined();
    expect(lineAt(opening, shown([message(4, "grace")], 2, 3))).toBe(4);
  });

  it("finds the messages that catching up brings, then stays there", () => {
    const caughtUp = [message(2, "grace"), message(3, "grace")];
    const line = fixLine(opening, shown(caughtUp));

    expect(lineAt(line, shown([...caughtUp, message(4, "grace")], 4))).toBe(3);
  });

  it("does not appear above a message that comes in while the person looks", () => {
    const line = fixLine(opening, shown([message(2, "grace")]));

    expect(
      lineAt(fixLine(line, shown([message(2, "grace"), message(3, "grace")])), shown([])),
    ).toBeUndefined();
  });

  it("appears above the first message that was not read when the person looks again", () => {
    const seen = [message(2, "grace"), message(3, "grace")];
    const away = lookAway(fixLine(opening, shown(seen)));
    const more = [...seen, message(4, "grace")];

    expect(lineAt(away, shown(more, 3))).toBe(4);
    expect(lineAt(fixLine(away, shown(more, 3)), shown([...more, message(5, "grace")], 5))).toBe(4);
  });

  it("goes when everything was read and the person comes back", () => {
    const entries = [message(2, "grace"), message(3, "grace")];
    const away = lookAway(fixLine(opening, shown(entries)));

    expect(lineAt(fixLine(away, shown(entries, 3)), shown(entries, 3))).toBeUndefined();
  });

  it("goes when the person answers, from here or from another device", () => {
    const entries = [message(1, "ada"), message(3, "grace")];
    const line = fixLine(opening, shown(entries));

    for (const answer of [message(undefined, "ada"), message(4, "ada")])
      expect(fixLine(line, shown([...entries, answer]))).toMatchObject({ is: "fixed", at: undefined });
  });

  it("stays when older messages of one's own are loaded", () => {
    const line = fixLine(opening, shown([message(3, "grace")], 2, 3));
    const more = shown([message(1, "ada"), message(3, "grace")]);

    expect(lineAt(fixLine(line, more), more)).toBe(3);
  });
});
