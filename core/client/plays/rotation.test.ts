import { describe, expect, it } from "vitest";
import { NO_SEQ } from "../../domain/ids";
import { say, twoPeople } from "./cast";
import type { Player } from "./player";
import { FINE, type Stage } from "./stage";

const HOUR = 3_600_000;

/** Nobody looks: hidden pages say little, so hours pass quickly. */
async function twoHidden() {
  const cast = await twoPeople();
  for (const player of [cast.ada, cast.grace]) player.surroundings({ visible: false });
  return cast;
}

/** Until this device opens its next socket. */
async function untilRotation(stage: Stage, player: Player): Promise<void> {
  let opens = false;
  stage.onConnect = (line) => {
    opens ||= line === player.line;
  };
  for (let minutes = 0; minutes < 120 && !opens; minutes += 1) await stage.clock.run(60_000);
  expect(opens).toBe(true);
}

describe("a socket that is replaced", () => {
  it("a hundred times inside bursts leaves no moment in which a push finds nobody, and loses or doubles nothing", async () => {
    const { stage, ada, grace, talk } = await twoHidden();
    let [rotations, unreached, written] = [0, 0, 0];
    stage.clock.afterEach = async () => {
      if ((await stage.reached(ada.line)).length === 0) unreached += 1;
    };
    stage.onConnect = (line) => {
      if (line !== ada.line) return;
      rotations += 1;
      // The handshake and the hello take some 20 ms: the burst begins before and ends after.
      for (let index = 0; index < 12; index += 1)
        for (const player of [ada, grace])
          stage.clock.after(
            index * 3,
            () => void player.client.send(talk, `${player.line.user} ${written++}`),
          );
    };

    while (rotations < 100) await stage.clock.run(10 * 60_000);
    await stage.clock.run(60_000);

    const log = await stage.world.log.readFrom(talk, NO_SEQ, 10_000);
    const texts = log.map((entry) => (entry.kind === "message" ? entry.body.text : ""));
    expect(unreached).toBe(0);
    expect(written).toBe(rotations * 24);
    expect(texts).toHaveLength(written);
    expect(new Set(texts).size).toBe(written);
    for (const player of [ada, grace]) {
      const own = texts.filter((text) => text.startsWith(player.line.user));
      const numbers = own.map((text) => Number(text.split(" ")[1]));
      expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
      expect(player.texts(talk)).toEqual(texts);
      expect(await player.store.outbox()).toEqual([]);
    }
    expect(stage.open(ada.line)).toHaveLength(1);
    expect(await stage.world.connections.readyOf(ada.line.user, stage.clock.now())).toHaveLength(1);
  });

  it("shows nothing of it: it is live all the time, and presence stays", async () => {
    const { stage, ada, talk } = await twoHidden();
    ada.client.look(talk);
    await stage.clock.run(1_000);
    const seen = new Set<string>();
    ada.client.connection.subscribe(() => seen.add(ada.connection));
    ada.client.timeline(talk).subscribe(() => {
      seen.add(String(ada.client.timeline(talk).getSnapshot()?.peerPresence?.is));
    });

    await untilRotation(stage, ada);
    await stage.clock.run(60_000);

    expect([...seen].filter((one) => one !== "live" && one !== "online")).toEqual([]);
  });

  it("still gets the answers that the old one owes before that is closed", async () => {
    const { stage, ada, grace, talk } = await twoHidden();
    ada.line.weather = (way, text) => (way === "up" && text.includes('"send"') ? [400] : [5]);
    stage.onConnect = (line) => {
      if (line === ada.line) void ada.client.send(talk, "asked on the old one");
    };
    await untilRotation(stage, ada);
    void ada.client.send(talk, "in flight");
    await stage.clock.run(60_000);

    expect(grace.texts(talk)).toEqual(["in flight"]);
    expect(ada.ticks(talk)).toEqual(["in flight delivered"]);
    expect(stage.open(ada.line)).toHaveLength(1);
  });

  it("sends again on the new one what the old one never answered", async () => {
    const { stage, ada, grace, talk } = await twoHidden();
    let rotating = false;
    stage.onConnect = (line) => {
      if (line !== ada.line) return;
      rotating = true;
      void ada.client.send(talk, "swallowed once");
    };
    let swallowed = false;
    ada.line.weather = (way, text) => {
      if (!rotating || swallowed || !text.includes('"send"')) return FINE(way, text);
      swallowed = true;
      return [];
    };
    while (!rotating) await stage.clock.run(60_000);
    await stage.clock.run(20_000);

    expect(swallowed).toBe(true);
    expect(grace.texts(talk)).toEqual(["swallowed once"]);
    expect(stage.open(ada.line)).toHaveLength(1);
  });

  it("is kept while the session is out of reach, and replaced when it is back", async () => {
    const { stage, ada, grace, talk } = await twoHidden();
    ada.session = "unreachable";
    await stage.clock.run(1.2 * HOUR);
    await say(grace, talk, "still reached");
    expect(ada.connection).toBe("live");
    expect(ada.texts(talk)).toEqual(["still reached"]);
    const before = stage.open(ada.line);

    ada.session = "good";
    await stage.clock.run(10 * 60_000);

    expect(ada.connection).toBe("live");
    expect(stage.open(ada.line)).toHaveLength(1);
    expect(stage.open(ada.line)).not.toEqual(before);
  });

  it("is given up with an honest word when the session has ended for good, and what was written is kept", async () => {
    const { stage, ada, talk } = await twoHidden();
    ada.session = "ended";
    await stage.clock.run(1.2 * HOUR);
    expect(ada.client.connection.getSnapshot()).toEqual({ is: "stopped", why: "session-ended" });

    await say(ada, talk, "for later");
    expect(await ada.store.outbox()).toHaveLength(1);
    expect(stage.open(ada.line)).toEqual([]);
  });
});

describe("a machine that slept", () => {
  it("finds the dead socket in seconds, though the page was visible all along", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.goDark();
    stage.cut(ada.line);
    await say(grace, talk, "while it slept");
    ada.heal();
    stage.clock.sleep(30 * 60_000);

    await stage.clock.run(10_000);

    expect(ada.connection).toBe("live");
    expect(ada.texts(talk)).toEqual(["while it slept"]);
  });

  it("asks at once whether a socket that looks open still lives", async () => {
    const { stage, ada } = await twoPeople();
    await stage.clock.run(20_000);
    ada.goDark();
    stage.clock.sleep(20_000);
    const states: string[] = [];
    ada.client.connection.subscribe(() => states.push(ada.connection));

    await stage.clock.run(6_000);
    expect(states).toContain("reconnecting");
    ada.heal();
    await stage.clock.run(35_000);
    expect(ada.connection).toBe("live");
  });

  it("with a clock that is hours wrong replaces its socket no more often than others", async () => {
    const { stage, ada, grace } = await twoHidden();
    const opened = new Map<unknown, number>();
    stage.onConnect = (line) => void opened.set(line, (opened.get(line) ?? 0) + 1);
    for (const player of [ada, grace]) player.deviceIsAheadMs = player === ada ? 5 * HOUR : 0;
    for (const player of [ada, grace]) await player.reload();
    opened.clear();

    await stage.clock.run(5 * HOUR);

    expect(opened.get(ada.line)).toBeLessThanOrEqual(6);
    expect(opened.get(grace.line)).toBeGreaterThanOrEqual(5);
    expect(ada.connection).toBe("live");
  });
});
