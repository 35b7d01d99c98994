// A tab that led, hung, and comes back to find that life went on in another.

import { describe, expect, it } from "vitest";
import type { ConversationId } from "../../domain/ids";
import { browserAndPhone } from "./cast";
import type { Player } from "./player";
import type { Stage } from "./stage";

async function twoTabs() {
  const { stage, grace, profile, first, talk } = await browserAndPhone(3);
  const second = await profile.open();
  second.client.timeline(talk);
  await stage.clock.run(100);
  return { stage, grace, first, second, talk };
}

describe("a tab that hung while it led", () => {
  it("does not bring back what was thrown away in another", async () => {
    const { stage, grace, first, second, talk } = await twoTabs();
    void grace.client.send(talk, "hello");
    await stage.clock.run(1_000);
    first.goDark();
    const answer = await sentBy(stage, first, talk);
    first.freeze();
    void grace.client.block(talk);
    await stage.clock.run(5_000);
    expect(second.ticks(talk)).toEqual(["thrown away failed"]);
    void second.client.discard(talk, answer);
    void grace.client.unblock(talk);
    await stage.clock.run(2_000);

    first.heal();
    first.thaw();
    await stage.clock.run(30_000);

    expect(grace.texts(talk)).toEqual(["hello"]);
    for (const tab of [first, second]) expect(tab.texts(talk)).toEqual(["hello"]);
  });

  it("does not take up what another asked of it meanwhile and then threw away", async () => {
    const { stage, grace, first, second, talk } = await twoTabs();
    void grace.client.send(talk, "hello");
    await stage.clock.run(1_000);
    void grace.client.block(talk);
    first.freeze();
    const answer = await sentBy(stage, second, talk);
    await stage.clock.run(5_000);
    expect(second.ticks(talk)).toEqual(["thrown away failed"]);
    void second.client.discard(talk, answer);
    void grace.client.unblock(talk);
    await stage.clock.run(2_000);

    first.thaw();
    await stage.clock.run(30_000);

    expect(grace.texts(talk)).toEqual(["hello"]);
    for (const tab of [first, second]) expect(tab.texts(talk)).toEqual(["hello"]);
  });
});

async function sentBy(stage: Stage, tab: Player, talk: ConversationId) {
  const sent = tab.client.send(talk, "thrown away");
  await stage.clock.run(50);
  const answer = await sent;
  if (answer.is !== "ok") throw new Error("unable to play on; the message was not taken");
  return answer.value;
}
