import { describe, expect, it } from "vitest";
import { Player } from "./player";
import { Stage } from "./stage";
import type { ConversationId } from "../../domain/ids";

async function twoPeople() {
  const stage = new Stage();
  const ada = new Player(stage, (await stage.person("ada")).user);
  const grace = new Player(stage, (await stage.person("grace")).user);
  await ada.start();
  await grace.start();
  const opening = ada.client.open("grace");
  await stage.clock.run(100);
  const answer = await opening;
  if (answer.is !== "ok") throw new Error(`unable to open; ${answer.is}`);
  return { stage, ada, grace, talk: answer.value };
}

const say = async (player: Player, talk: ConversationId, ...texts: string[]) => {
  for (const text of texts) void player.client.send(talk, text);
  await player.stage.clock.run(1_000);
};

describe("two people", () => {
  it("see each other's messages, in one order", async () => {
    const { ada, grace, talk } = await twoPeople();

    await say(ada, talk, "hello", "are you there?");
    await say(grace, talk, "yes");

    expect(ada.texts(talk)).toEqual(["hello", "are you there?", "yes"]);
    expect(grace.texts(talk)).toEqual(["hello", "are you there?", "yes"]);
    expect(ada.stage.problems).toEqual([]);
  });
});
