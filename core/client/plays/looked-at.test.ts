import { describe, expect, it } from "vitest";
import { seqOf } from "../../domain/ids";
import { PAGE_ENTRIES } from "../../domain/limits";
import { numbered, say, twoPeople, type Cast } from "./cast";
import { Player } from "./player";

/** Grace has read five messages, and 400 more were written while her page had no network. */
async function fourHundredBehind(): Promise<Cast> {
  const cast = await twoPeople();
  const { stage, ada, grace, talk } = cast;
  await say(ada, talk, ...numbered("read", 1, 5));
  grace.client.look(talk);
  grace.client.shown(talk, seqOf(5));
  await stage.clock.run(1_000);
  grace.surroundings({ online: false });
  for (let first = 1; first <= 400; first += 50) {
    await say(ada, talk, ...numbered("unread", first, first + 49));
    await stage.clock.run(10_000);
  }
  return cast;
}

function expectNewestPage(texts: readonly string[]): void {
  expect(texts.length).toBeLessThanOrEqual(PAGE_ENTRIES);
  expect(texts).toEqual(numbered("unread", 401 - texts.length, 400));
}

describe("a conversation that is far behind", () => {
  it("keeps what it shows while somebody looks at it, and is read on from there", async () => {
    const { stage, grace, talk } = await fourHundredBehind();

    grace.surroundings({ online: true });
    await stage.clock.run(10_000);

    expect(grace.texts(talk)).toEqual([...numbered("read", 1, 5), ...numbered("unread", 1, 400)]);
  });

  it("begins anew at its newest page while nobody looks at it", async () => {
    const { stage, grace, talk } = await fourHundredBehind();
    grace.client.look(undefined);

    grace.surroundings({ online: true });
    await stage.clock.run(10_000);

    expectNewestPage(grace.texts(talk));
  });

  it("begins anew where another device of this person has read most of it", async () => {
    const { stage, ada, grace, talk } = await fourHundredBehind();
    const phone = new Player(stage, grace.line.user);
    await phone.start();
    await phone.client.open("ada");
    await stage.clock.run(5_000);
    phone.client.shown(talk, seqOf(405));
    await stage.clock.run(1_000);

    grace.surroundings({ online: true });
    await stage.clock.run(10_000);

    expectNewestPage(grace.texts(talk));
    expect(grace.client.timeline(talk).getSnapshot()?.readAtOpening).toBe(405);
    expect(ada.ticks(talk).at(-1)).toBe("unread 400 read");
  });
});
