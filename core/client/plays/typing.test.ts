// A screen shows dots while the other person types. The dots end soon after that person has stopped.

import { describe, expect, it } from "vitest";
import { browserAndPhone, say, twoPeople } from "./cast";
import type { Player } from "./player";
import type { Stage } from "./stage";

const SOON_MS = 2_000;

/** What the server is told of typing, in order. */
function typingTold(stage: Stage): boolean[] {
  const told: boolean[] = [];
  stage.refuse = (text) => {
    const frame = JSON.parse(text) as { readonly action: string; readonly typing: boolean };
    if (frame.action === "typing") told.push(frame.typing);
    return undefined;
  };
  return told;
}

/** Ada looks at the conversation, and Grace types in it. */
async function graceTypes() {
  const { stage, ada, grace, talk } = await twoPeople();
  await say(ada, talk, "are you there?");
  for (const player of [ada, grace]) player.client.look(talk);
  await stage.clock.run(100);
  const told = typingTold(stage);
  grace.client.typing(talk);
  await stage.clock.run(100);
  const isTyping = () => ada.client.timeline(talk).getSnapshot()?.peerTyping;
  expect(isTyping()).toBe(true);
  return { stage, ada, grace, talk, told, isTyping };
}

type Scene = Awaited<ReturnType<typeof graceTypes>>;

describe("the dots of somebody who types", () => {
  it.each<readonly [string, (scene: Scene) => void]>([
    ["clears the composer", ({ grace, talk }) => grace.client.typing(talk, false)],
    ["leaves the conversation", ({ grace }) => grace.client.look(undefined)],
    ["hides the page", ({ grace }) => grace.surroundings({ visible: false })],
  ])("end soon when that person %s", async (_, stop) => {
    const scene = await graceTypes();
    stop(scene);
    await scene.stage.clock.run(SOON_MS);

    expect(scene.isTyping()).toBe(false);
    expect(scene.told).toEqual([true, false]);
  });

  it("end with the message, and nothing else is told of it", async () => {
    const { stage, grace, talk, told, isTyping } = await graceTypes();
    void grace.client.send(talk, "here I am");
    await stage.clock.run(100);
    expect(isTyping()).toBe(false);
    grace.surroundings({ visible: false });
    await stage.clock.run(SOON_MS);

    expect(told).toEqual([true]);
  });

  it.each<readonly [string, (scene: Scene) => void]>([
    ["is cut", ({ grace }) => grace.unplug()],
    ["is closed with the page", ({ grace }) => grace.surroundings({ awake: false })],
  ])("end when that person's last socket %s", async (_, close) => {
    const scene = await graceTypes();
    const { stage, isTyping } = scene;
    close(scene);
    await stage.clock.run(SOON_MS);

    expect(isTyping()).toBe(false);
  });

  it("end within twelve seconds when that person's line dies without a word", async () => {
    const { stage, grace, isTyping } = await graceTypes();
    grace.freeze();
    grace.goDark();
    await stage.clock.run(12_000);

    expect(isTyping()).toBe(false);
  });

  it("stay while a word is taken back and written anew, and cost nothing", async () => {
    const { stage, grace, talk, told, isTyping } = await graceTypes();
    for (let index = 0; index < 10; index += 1) {
      grace.client.typing(talk, false);
      await stage.clock.run(400);
      expect(isTyping()).toBe(true);
      grace.client.typing(talk);
      await stage.clock.run(400);
    }
    expect(told).toEqual([true]);
  });

  it("are not ended a second time", async () => {
    const { stage, grace, talk, told, isTyping } = await graceTypes();
    await stage.clock.run(13_000);
    expect(isTyping()).toBe(false);
    grace.client.typing(talk, false);
    await stage.clock.run(SOON_MS);

    expect(told).toEqual([true]);
  });

  it("come back with the next key", async () => {
    const { stage, grace, talk, told, isTyping } = await graceTypes();
    grace.client.typing(talk, false);
    await stage.clock.run(SOON_MS);
    grace.client.typing(talk);
    await stage.clock.run(100);

    expect(isTyping()).toBe(true);
    expect(told).toEqual([true, false, true]);
  });

  it("end when the tab that types is one that follows", async () => {
    const { stage, profile, grace, talk } = await browserAndPhone(2);
    const second = await profile.open();
    const isTyping = () => grace.client.timeline(talk).getSnapshot()?.peerTyping;
    const type = async (tab: Player) => {
      tab.client.look(talk);
      tab.client.typing(talk);
      await stage.clock.run(100);
    };
    await say(second, talk, "hello");
    await type(second);
    expect(isTyping()).toBe(true);
    second.surroundings({ visible: false });
    await stage.clock.run(SOON_MS);

    expect(isTyping()).toBe(false);
  });
});
