// Marks and typing are told: no answer says that they arrived, and what is lost is found out in other ways.

import { describe, expect, it } from "vitest";
import { NO_SEQ, seqOf } from "../../domain/ids";
import { relay } from "../../domain/relay";
import { ANSWER_MS } from "../coming";
import { LOOKOUT_MS } from "../lookout";
import { say, twoPeople, type Cast } from "./cast";
import type { Player } from "./player";
import { FINE } from "./stage";

const isMark = (text: string) => text.includes('"action":"mark"');

/** So many of this player's next marks never arrive; answers with all that were told. */
function loseMarks(player: Player, times: number): string[] {
  const told: string[] = [];
  player.line.weather = (way, text) => {
    if (way === "down" || !isMark(text)) return FINE(way, text);
    told.push(text);
    return told.length > times ? FINE(way, text) : [];
  };
  return told;
}

/** All that comes down to this player. */
function heardBy(player: Player): string[] {
  const heard: string[] = [];
  const before = player.line.weather;
  player.line.weather = (way, text) => {
    if (way === "down") heard.push(text);
    return before(way, text);
  };
  return heard;
}

/** A message of Ada's that Grace has before her, while her marks are lost. */
async function unheardOf(times = 1): Promise<Cast & { readonly told: string[] }> {
  const cast = await twoPeople();
  const told = loseMarks(cast.grace, times);
  await say(cast.ada, cast.talk, "hello");
  expect(cast.ada.ticks(cast.talk)).toEqual(["hello sent"]);
  return { ...cast, told };
}

/** As a second after the entries, from the log's stream. */
const relayAll = async ({ stage, talk }: Cast) =>
  relay(stage.ports, await stage.world.log.readFrom(talk, NO_SEQ, 100));

describe("a mark that is told", () => {
  it("has no answer, and the ticks rise", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const heard = heardBy(grace);

    await say(ada, talk, "hello");
    grace.client.shown(talk, seqOf(1));
    await stage.clock.run(1_000);

    expect(ada.ticks(talk)).toEqual(["hello read"]);
    expect(heard.map((text) => JSON.parse(text).type)).toEqual(["entries"]);
  });

  it("counts here at once, whether it arrived or not", async () => {
    const { stage, grace, talk } = await unheardOf(Infinity);
    grace.client.shown(talk, seqOf(1));
    expect(grace.client.list.getSnapshot().unreadTotal).toBe(0);

    await stage.clock.run(5_000);

    expect(grace.client.list.getSnapshot().unreadTotal).toBe(0);
    expect(await grace.store.conversations()).toMatchObject([
      { mine: { delivered: 1, read: 1 }, marked: { delivered: 0, read: 0 } },
    ]);
  });

  it("is told once, also when nothing says that it arrived", async () => {
    const { stage, grace, talk, told } = await unheardOf(Infinity);
    for (let seconds = 0; seconds < 20; seconds += 1) {
      grace.client.shown(talk, seqOf(1));
      await stage.clock.run(1_000);
    }

    expect(told.map((text) => JSON.parse(text))).toMatchObject([{ delivered: 1 }, { delivered: 1, read: 1 }]);
  });

  it("does not hold up the line when it is lost, nor does typing", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const sockets = stage.open(grace.line);
    grace.line.weather = (way, text) => (way === "up" && !text.includes('"ping"') ? [] : FINE(way, text));

    grace.client.typing(talk);
    await say(ada, talk, "hello");
    await stage.clock.run(2 * ANSWER_MS);

    expect(grace.connection).toBe("live");
    expect(stage.open(grace.line)).toEqual(sockets);
  });
});

describe("a mark that is lost", () => {
  it("is told again, with what was read, when the entry comes again", async () => {
    const cast = await unheardOf(2);
    const { stage, ada, grace, talk } = cast;
    grace.client.shown(talk, seqOf(1));
    await stage.clock.run(1_000);

    await relayAll(cast);
    await stage.clock.run(1_000);

    expect(ada.ticks(talk)).toEqual(["hello read"]);
  });

  it("is told again when the lookout finds that the server has less", async () => {
    const { stage, ada, grace, talk } = await unheardOf(2);
    grace.client.look(talk);
    grace.client.shown(talk, seqOf(1));

    await stage.clock.run(LOOKOUT_MS + 1_000);

    expect(ada.ticks(talk)).toEqual(["hello read"]);
  });

  it("is told again on the next socket", async () => {
    const { stage, ada, grace, talk } = await unheardOf(2);
    grace.client.shown(talk, seqOf(1));
    await stage.clock.run(1_000);

    grace.cut();
    await stage.clock.run(3_000);

    expect(ada.ticks(talk)).toEqual(["hello read"]);
  });

  it("is told again by the page that is loaded next", async () => {
    const { stage, ada, grace, talk } = await unheardOf(2);
    grace.client.shown(talk, seqOf(1));
    await stage.clock.run(1_000);

    await grace.reload();
    await stage.clock.run(3_000);

    expect(ada.ticks(talk)).toEqual(["hello read"]);
  });

  it("is told again on the socket that takes over from the one that it was lost on", async () => {
    const { stage, ada, grace, talk } = await unheardOf();
    for (const player of [ada, grace]) player.surroundings({ visible: false });
    const first = stage.open(grace.line);
    let opens = false;
    stage.onConnect = (line) => {
      opens ||= line === grace.line;
    };

    while (!opens) await stage.clock.run(60_000);
    await stage.clock.run(5_000);

    expect(stage.open(grace.line)).not.toEqual(first);
    expect(ada.ticks(talk)).toEqual(["hello delivered"]);
  });

  it("is told again by the new one when it was told to one that is being replaced", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    for (const player of [ada, grace]) player.surroundings({ visible: false });
    await say(ada, talk, "hello");
    const told: string[] = [];
    stage.onConnect = (line) => {
      if (line !== grace.line) return;
      // It goes out before the coming socket is welcomed, and takes too long.
      grace.client.shown(talk, seqOf(1));
      grace.line.weather = (way, text) => {
        if (way === "down" || !isMark(text)) return [way === "down" && text.includes('"welcome"') ? 400 : 5];
        told.push(text);
        return told.length === 1 ? [3_000] : [5];
      };
    };

    while (told.length === 0) await stage.clock.run(1_000);
    await stage.clock.run(2_000);

    expect(told).toHaveLength(2);
    expect(ada.ticks(talk)).toEqual(["hello read"]);
  });
});

describe("a mark that is refused", () => {
  const refusing = (cast: Cast, code: string, times = 1): string[] => {
    const refused: string[] = [];
    cast.stage.refuse = (text) => {
      if (!isMark(text)) return undefined;
      refused.push(text);
      const { ref } = JSON.parse(text);
      return refused.length > times ? undefined : JSON.stringify({ type: "refused", ref, code });
    };
    return refused;
  };

  it.each(["try-again", "slow-down"])("for a while is told again: %s", async (code) => {
    const cast = await twoPeople();
    refusing(cast, code, 2);

    await say(cast.ada, cast.talk, "hello");
    await cast.stage.clock.run(10_000);

    expect(cast.ada.ticks(cast.talk)).toEqual(["hello delivered"]);
  });

  it("for good is not told again on this socket", async () => {
    const cast = await twoPeople();
    const refused = refusing(cast, "unknown-conversation", Infinity);

    await say(cast.ada, cast.talk, "hello");
    await cast.stage.clock.run(30_000);

    expect(refused).toHaveLength(1);
    expect(cast.stage.problems).toEqual([]);
  });

  it("by the gateway, which names nothing, is told again", async () => {
    const cast = await twoPeople();
    let failed = 0;
    cast.stage.refuse = (text) => {
      if (!isMark(text) || (failed += 1) > 1) return undefined;
      return JSON.stringify({ message: "Internal server error", connectionId: "x", requestId: "r" });
    };

    await say(cast.ada, cast.talk, "hello");
    await cast.stage.clock.run(5_000);

    expect(failed).toBe(2);
    expect(cast.ada.ticks(cast.talk)).toEqual(["hello delivered"]);
  });
});

describe("the lookout", () => {
  it("asks for one's own marks only until it has heard of what was told", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const asked: boolean[] = [];
    grace.line.weather = (way, text) => {
      if (way === "up" && text.includes('"sync"')) asked.push(text.includes('"marks":true'));
      return FINE(way, text);
    };
    grace.client.look(talk);
    await say(ada, talk, "hello");

    await stage.clock.run(3 * LOOKOUT_MS);

    expect(asked.slice(0, 2)).toEqual([true, false]);
  });
});
