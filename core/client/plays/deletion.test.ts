// A deletion that was confirmed happens: after five seconds in which the person may undo it, or at once when the person
// leaves the page, because nobody is there any more to undo it.

import { describe, expect, it } from "vitest";
import type { ConversationId } from "../../domain/ids";
import { UNDO_MS } from "../amending";
import { browserAndPhone, say, twoPeople } from "./cast";
import type { Player } from "./player";

const SOON_MS = 1_000;

const kinds = (player: Player, talk: ConversationId) => player.entries(talk).map(({ kind }) => kind);

async function removeLast(player: Player, talk: ConversationId): Promise<void> {
  const id = player.entries(talk).at(-1)!.id;
  void player.client.delete(talk, id);
  await player.stage.clock.run(100);
}

/** Ada has deleted what she wrote to Grace, a tenth of a second ago. */
async function deleted() {
  const { stage, ada, grace, talk } = await twoPeople();
  await say(ada, talk, "regretted");
  await removeLast(ada, talk);
  expect(kinds(ada, talk)).toEqual(["deleted"]);
  expect(kinds(grace, talk)).toEqual(["message"]);
  return { stage, ada, grace, talk };
}

/** The same in a browser with two tabs, of which the first leads. */
async function deletedInTabs(which: "first" | "second") {
  const { stage, grace, profile, first, talk } = await browserAndPhone(4);
  const second = await profile.open();
  second.client.timeline(talk);
  await say(first, talk, "regretted");
  expect(profile.leading()).toEqual([first]);
  await removeLast(which === "first" ? first : second, talk);
  return { stage, grace, profile, first, second, talk };
}

describe("a deletion that was confirmed", () => {
  it.each(["visible", "awake"] as const)("goes out at once when the page is no longer %s", async (what) => {
    const { stage, ada, grace, talk } = await deleted();
    ada.surroundings({ [what]: false });
    await stage.clock.run(SOON_MS);

    expect(kinds(grace, talk)).toEqual(["deleted"]);
  });

  it("waits for five seconds while the page is looked at", async () => {
    const { stage, grace, talk } = await deleted();
    await stage.clock.run(UNDO_MS - 200);
    expect(kinds(grace, talk)).toEqual(["message"]);
    await stage.clock.run(SOON_MS);

    expect(kinds(grace, talk)).toEqual(["deleted"]);
  });

  it("goes out when the tab that leads is killed, by the tab that leads next", async () => {
    const { stage, grace, profile, first, talk } = await deletedInTabs("first");
    profile.crash(first);
    await stage.clock.run(UNDO_MS + SOON_MS);

    expect(kinds(grace, talk)).toEqual(["deleted"]);
  });

  it("goes out when the tab that asked for it is killed, by the tab that leads", async () => {
    const { stage, grace, profile, second, talk } = await deletedInTabs("second");
    profile.crash(second);
    await stage.clock.run(UNDO_MS + SOON_MS);

    expect(kinds(grace, talk)).toEqual(["deleted"]);
  });

  it("goes out at once when the last tab that can be seen is hidden, whichever tab leads", async () => {
    const { stage, grace, first, second, talk } = await deletedInTabs("second");
    first.surroundings({ visible: false });
    await stage.clock.run(SOON_MS);
    expect(kinds(grace, talk)).toEqual(["message"]);
    second.surroundings({ visible: false });
    await stage.clock.run(SOON_MS);

    expect(kinds(grace, talk)).toEqual(["deleted"]);
  });

  it("can be undone in another tab after the tab that leads was closed", async () => {
    const { stage, grace, first, second, talk } = await deletedInTabs("first");
    const id = second.entries(talk).at(-1)!.id;
    first.surroundings({ awake: false });
    await stage.clock.run(SOON_MS);
    void second.client.undoDelete(talk, id);
    await stage.clock.run(2 * UNDO_MS);

    for (const player of [second, grace]) expect(kinds(player, talk)).toEqual(["message"]);
  });

  it("can be undone without a line by somebody who comes back in time, and goes out later if not undone", async () => {
    for (const comesBack of [true, false]) {
      const { stage, ada, grace, talk } = await deleted();
      const id = ada.entries(talk).at(-1)!.id;
      ada.surroundings({ online: false });
      ada.unplug();
      ada.surroundings({ visible: false });
      await stage.clock.run(SOON_MS);
      ada.surroundings({ visible: true });
      if (comesBack) void ada.client.undoDelete(talk, id);
      await stage.clock.run(UNDO_MS);
      ada.heal();
      ada.surroundings({ online: true });
      await stage.clock.run(10_000);

      expect(kinds(grace, talk)).toEqual([comesBack ? "message" : "deleted"]);
    }
  });

  it("goes out from the next page when the page was closed without a line", async () => {
    const { stage, ada, grace, talk } = await deleted();
    ada.unplug();
    await ada.reload();
    ada.heal();
    await stage.clock.run(UNDO_MS + 40_000);

    expect(kinds(grace, talk)).toEqual(["deleted"]);
  });
});
