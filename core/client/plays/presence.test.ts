import { describe, expect, it } from "vitest";
import { CONNECTION_MS, HERE_EVERY_MS, WATCH_EVERY_MS } from "../../domain/limits";
import { twoPeople } from "./cast";
import type { Player } from "./player";
import { FINE } from "./stage";

const MINUTE_MS = 60_000;

/** What goes up this line, by its action. */
function listenTo(player: Player): string[] {
  const said: string[] = [];
  player.line.weather = (way, text) => {
    if (way === "up") said.push(String((JSON.parse(text) as { readonly action?: string }).action));
    return FINE(way, text);
  };
  return said;
}

const pass = async ({ stage }: Player, ms: number) => {
  for (let passed = 0; passed < ms; passed += MINUTE_MS)
    await stage.clock.run(Math.min(MINUTE_MS, ms - passed));
};

describe("being there", () => {
  it("is said eight times an hour, and a hidden page says nothing else", async () => {
    const { ada, stage } = await twoPeople();
    ada.surroundings({ visible: false });
    await pass(ada, 10 * MINUTE_MS);
    const said = listenTo(ada);

    await pass(ada, 60 * MINUTE_MS);

    // Its token is renewed once, and `hello` says so too.
    expect(new Set(said)).toEqual(new Set(["here", "hello"]));
    expect(said).toHaveLength(8);
    expect(await stage.reached(ada.line)).toHaveLength(1);
  });

  it("is said again soon when it was not taken", async () => {
    const { ada, stage } = await twoPeople();
    ada.surroundings({ visible: false });
    const said = listenTo(ada);
    stage.refuse = (text) => {
      const { ref, action } = JSON.parse(text) as { readonly ref: string; readonly action: string };
      if (action !== "here" || said.filter((one) => one === "here").length > 2) return undefined;
      return JSON.stringify({ type: "refused", ref, code: "try-again" });
    };

    await pass(ada, HERE_EVERY_MS + 3 * MINUTE_MS);

    expect(said.filter((action) => action === "here")).toHaveLength(3);
    await pass(ada, CONNECTION_MS - 4 * MINUTE_MS);
    expect(await stage.reached(ada.line)).toHaveLength(1);
  });

  it("ends for who looks when the other's line has died without a word", async () => {
    const { ada, grace, talk, stage } = await twoPeople();
    ada.client.look(talk);
    await pass(ada, HERE_EVERY_MS + MINUTE_MS);
    const presence = () => ada.client.timeline(talk).getSnapshot()?.peerPresence;
    expect(presence()).toEqual({ is: "online" });

    // No `$disconnect`, and pushes to it are swallowed.
    grace.freeze();
    grace.goDark();
    const diedAt = stage.clock.now();
    await pass(ada, CONNECTION_MS + WATCH_EVERY_MS);

    const shown = presence();
    expect(shown).toMatchObject({ is: "offline" });
    const lastSeenAt = shown?.is === "offline" ? (shown.lastSeenAt ?? 0) : 0;
    expect(lastSeenAt).toBeLessThanOrEqual(diedAt);
    expect(lastSeenAt).toBeGreaterThan(diedAt - HERE_EVERY_MS);
  });

  it("is asked for no more when nobody looks", async () => {
    const { ada, talk } = await twoPeople();
    ada.client.look(talk);
    ada.surroundings({ visible: false });
    await pass(ada, MINUTE_MS);
    const said = listenTo(ada);

    await pass(ada, 3 * WATCH_EVERY_MS);

    expect(said).not.toContain("watch");
  });
});
