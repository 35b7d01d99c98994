// The server has lost the row of a socket that stands: a push was answered "gone" that was not, or time was over.

import { describe, expect, it } from "vitest";
import { seqOf } from "../../domain/ids";
import { LOOKOUT_MS } from "../lookout";
import { say, twoPeople, type Cast } from "./cast";

async function withoutRow() {
  const cast = await twoPeople();
  const { ada, stage, grace, talk } = cast;
  await say(ada, talk, "hello");
  await say(grace, talk, "hello to you");
  await loseRow(cast);
  expect(await stage.reached(ada.line)).toEqual([]);
  return cast;
}

async function loseRow({ stage, ada }: Cast): Promise<void> {
  for (const connection of stage.open(ada.line))
    await stage.world.connections.drop(ada.line.user, connection);
}

describe("a socket whose row is lost", () => {
  it("has it again as soon as something is said over it", async () => {
    const { ada, grace, talk, stage } = await withoutRow();

    await say(ada, talk, "do you hear me?");

    expect(await stage.reached(ada.line)).toHaveLength(1);
    await say(grace, talk, "yes");
    expect(ada.texts(talk).at(-1)).toBe("yes");
  });

  it("has it again as soon as something is told over it, which has an answer only then", async () => {
    const { ada, talk, stage } = await withoutRow();

    ada.client.shown(talk, seqOf(2));
    await stage.clock.run(1_000);

    expect(await stage.reached(ada.line)).toHaveLength(1);
  });

  it("has it again as soon as something that was missed is found", async () => {
    const { ada, grace, talk, stage } = await withoutRow();
    ada.client.look(talk);

    await say(grace, talk, "nobody pushes this");
    expect(ada.texts(talk)).not.toContain("nobody pushes this");
    await stage.clock.run(LOOKOUT_MS);

    expect(ada.texts(talk)).toContain("nobody pushes this");
    expect(await stage.reached(ada.line)).toHaveLength(1);
    await say(grace, talk, "but this");
    expect(ada.texts(talk).at(-1)).toBe("but this");
  });

  it("is not put again for one that has ended meanwhile", async () => {
    const { ada, talk, stage } = await withoutRow();

    void ada.client.send(talk, "said, and gone");
    await stage.clock.run(7);
    ada.line.alive = false;
    stage.cut(ada.line);
    await stage.clock.run(5_000);

    expect(await stage.world.connections.readyOf(ada.line.user, stage.clock.now())).toEqual([]);
  });
});
