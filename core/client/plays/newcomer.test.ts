// Somebody who has just signed up has no profile: their first device makes it with the first welcome.

import { describe, expect, it } from "vitest";
import { answered } from "./cast";
import { Player } from "./player";
import { Profile } from "./profile";
import { Stage, type Weather } from "./stage";

/** A newcomer whose page opens a conversation at once, as the page of an invitation link does. */
async function invited(weather?: Weather) {
  const stage = new Stage();
  await stage.person("grace");
  const newcomer = new Player(stage, stage.stranger(), undefined, "Nova");
  if (weather) newcomer.line.weather = weather;
  void newcomer.client.start();
  const opening = newcomer.client.open("grace");
  return { stage, newcomer, opening };
}

const slowProfile: Weather = (way, text) =>
  way === "up" && text.includes('"action":"profile"') ? [3_000] : [5];

describe("an invitation link", () => {
  it.each([
    ["at once", undefined],
    ["late", slowProfile],
  ])("opens the conversation for a newcomer whose profile is made %s", async (_, weather) => {
    const { stage, newcomer, opening } = await invited(weather);
    await stage.clock.run(6_000);

    expect(await opening).toMatchObject({ is: "ok" });
    expect(newcomer.client.me.getSnapshot()).toMatchObject({ is: "known", me: { name: "Nova" } });
  });

  it("opens the conversation in a second tab of the newcomer, too", async () => {
    const stage = new Stage();
    await stage.person("grace");
    const profile = new Profile(stage, stage.stranger());
    await profile.open(0);
    const second = await profile.open(0);
    const opening = second.client.open("grace");
    await stage.clock.run(6_000);

    expect(await opening).toMatchObject({ is: "ok" });
  });

  it("says that there is no answer when the line goes before the profile is made", async () => {
    const { stage, newcomer, opening } = await invited(slowProfile);
    await stage.clock.run(100);
    newcomer.surroundings({ online: false });
    newcomer.unplug();
    await stage.clock.run(60_000);

    expect(await opening).toEqual({ is: "unreachable" });
  });

  it("asks the server when the profile is known", async () => {
    const { stage, newcomer, opening } = await invited();
    await stage.clock.run(6_000);
    await opening;

    expect(await answered(newcomer, newcomer.client.open("nobody"))).toEqual({
      is: "refused",
      code: "unknown-handle",
    });
  });
});
