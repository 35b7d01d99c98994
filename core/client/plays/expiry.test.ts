import { describe, expect, it } from "vitest";
import { NO_SEQ } from "../../domain/ids";
import { say, twoPeople } from "./cast";

const DAY = 24 * 3_600_000;

/** Time that passes on a device without a line, with the page closed or not. */
const HOW = ["in an open page", "in a page that was closed"] as const;

describe("a message that waited for too long", () => {
  it.each(HOW)("%s, is not sent without being asked, and says why", async (how) => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.surroundings({ online: false });
    await say(ada, talk, "see you in ten minutes", "bring the umbrella");
    await stage.clock.run(DAY + 60_000);
    if (how === HOW[1]) await ada.reload();
    await say(ada, talk, "written today");

    ada.surroundings({ online: true });
    await stage.clock.run(5_000);
    await ada.client.open("grace");

    expect(grace.texts(talk)).toEqual(["written today"]);
    const failed = ada.entries(talk).slice(-2);
    expect(failed).toMatchObject([
      { text: "see you in ten minutes", progress: { is: "failed", code: "expired" } },
      { text: "bring the umbrella", progress: { is: "failed", code: "expired" } },
    ]);
    expect((await ada.store.outbox()).map(({ state }) => state.is)).toEqual(["failed", "failed"]);

    void ada.client.retry(talk, failed[1]!.id);
    void ada.client.discard(talk, failed[0]!.id);
    await stage.clock.run(5_000);
    expect(grace.texts(talk)).toEqual(["written today", "bring the umbrella"]);
    expect(await ada.store.outbox()).toEqual([]);
  });

  it("goes by itself where it waited for a night", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.surroundings({ online: false });
    await say(ada, talk, "good night");
    await stage.clock.run(10 * 3_600_000);

    ada.surroundings({ online: true });
    await stage.clock.run(5_000);

    expect(grace.texts(talk)).toEqual(["good night"]);
  });

  it("is looked for in the log before it is said not to have been sent", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.line.weather = (way) => (way === "up" ? [5] : []);
    void ada.client.send(talk, "committed, never answered");
    await stage.clock.run(50);
    ada.unplug();
    await say(ada, talk, "never left");
    await ada.reload();
    for (let part = 0; part < 3; part += 1) {
      await say(grace, talk, ...Array.from({ length: 50 }, (_, index) => `${part} ${index}`));
      await stage.clock.run(11_000);
    }
    await stage.clock.run(DAY);

    ada.line.weather = () => [5];
    ada.heal();
    await stage.clock.run(60_000);

    const log = await stage.world.log.readFrom(talk, NO_SEQ, 1_000);
    expect(log.filter(({ from }) => from === ada.line.user)).toHaveLength(1);
    expect(ada.ticks(talk).at(-1)).toBe("never left failed");
    expect((await ada.store.outbox()).map(({ kind, state }) => [kind, state])).toEqual([
      ["message", { is: "failed", code: "expired" }],
    ]);
  });
});
