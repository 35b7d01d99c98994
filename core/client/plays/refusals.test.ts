import { describe, expect, it } from "vitest";
import type { RefusalCode } from "../../domain/refusal";
import { say, twoPeople } from "./cast";
import type { Stage } from "./stage";

/** The server refuses `send` so often, in this way, before it lets one pass. */
function refuseSends(stage: Stage, times: number, code: RefusalCode, delayMs?: number): string[] {
  const seen: string[] = [];
  stage.refuse = (text) => {
    const frame: { readonly action: string; readonly ref: string } = JSON.parse(text);
    if (frame.action !== "send" || seen.length === times) return undefined;
    seen.push(text);
    return JSON.stringify({ type: "refused", ref: frame.ref, code, ...(delayMs && { delayMs }) });
  };
  return seen;
}

describe("a message that is refused", () => {
  it("says why, can be sent again, and does not hold up what follows", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    refuseSends(stage, 1, "cannot-deliver");

    await say(ada, talk, "refused");
    await say(ada, talk, "next");
    expect(ada.ticks(talk)).toEqual(["next delivered", "refused failed"]);

    const failed = ada.entries(talk)[1]!;
    void ada.client.retry(talk, failed.id);
    await stage.clock.run(1_000);
    expect(grace.texts(talk)).toEqual(["next", "refused"]);
    expect(ada.entries(talk)[1]!.id).toBe(failed.id);
  });

  it("can be thrown away", async () => {
    const { stage, ada, talk } = await twoPeople();
    refuseSends(stage, 1, "too-long");
    await say(ada, talk, "refused");

    await ada.client.discard(talk, ada.entries(talk)[0]!.id);
    await stage.clock.run(100);

    expect(ada.texts(talk)).toEqual([]);
    expect(await ada.store.outbox()).toEqual([]);
  });

  it("still says why after a reload", async () => {
    const { stage, ada, talk } = await twoPeople();
    refuseSends(stage, 1, "cannot-deliver");
    await say(ada, talk, "refused");

    await ada.reload();
    await stage.clock.run(100);

    expect(ada.entries(talk)).toMatchObject([{ progress: { is: "failed", code: "cannot-deliver" } }]);
  });

  it("goes again by itself after the time that it was told", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    refuseSends(stage, 1, "slow-down", 20_000);

    await say(ada, talk, "slowly");
    await stage.clock.run(15_000);
    expect(ada.ticks(talk)).toEqual(["slowly waiting"]);
    await stage.clock.run(10_000);

    expect(grace.texts(talk)).toEqual(["slowly"]);
  });

  it("goes again by itself when something of the server's failed", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    refuseSends(stage, 3, "try-again");

    await say(ada, talk, "again");
    await stage.clock.run(30_000);

    expect(grace.texts(talk)).toEqual(["again"]);
  });

  it("is looked for in the log when the device is behind, and then goes again", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    refuseSends(stage, 2, "stale");

    await say(ada, talk, "behind");
    await stage.clock.run(10_000);

    expect(grace.texts(talk)).toEqual(["behind"]);
  });

  it("alone is refused when a batch that holds it is refused whole", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    stage.refuse = (text) => {
      const { ref } = JSON.parse(text);
      return text.includes("the bad one")
        ? JSON.stringify({ type: "refused", ref, code: "too-long", appended: [] })
        : undefined;
    };
    ada.surroundings({ online: false });
    await say(ada, talk, "one", "two", "the bad one", "three");

    ada.surroundings({ online: true });
    await stage.clock.run(5_000);

    expect(grace.texts(talk)).toEqual(["one", "two", "three"]);
    expect(ada.ticks(talk).at(-1)).toBe("the bad one failed");
  });

  it("is refused before it is queued when its text cannot be sent", async () => {
    const { ada, talk } = await twoPeople();

    expect(await ada.client.send(talk, "  \n ")).toEqual({ is: "refused", code: "empty" });
    expect(await ada.client.send(talk, "x".repeat(8_001))).toEqual({ is: "refused", code: "too-long" });
    expect(ada.texts(talk)).toEqual([]);
  });

  it("waits its turn when one writes faster than the server takes", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const texts = Array.from({ length: 130 }, (_, index) => `message ${index}`);

    await say(ada, talk, ...texts);
    await stage.clock.run(60_000);

    expect(grace.texts(talk)).toEqual(texts);
    expect(ada.texts(talk)).toEqual(texts);
  });
});
