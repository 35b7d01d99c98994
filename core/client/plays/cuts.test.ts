import { describe, expect, it } from "vitest";
import { numbered, say, twoPeople } from "./cast";
import { Player } from "./player";
import { FINE, type Weather } from "./stage";

/** Swallows the first frame that looks like this. */
function losing(pattern: RegExp): Weather {
  let lost = false;
  return (way, text) => {
    if (lost || !pattern.test(text)) return FINE(way, text);
    lost = true;
    return [];
  };
}

const ANSWER_TO_SEND = /"type":"ok".*"appended"/;
const PUSHED_ENTRY = /"type":"entries"/;

describe("a slow line", () => {
  it("carries one unanswered send a conversation, and what was written meanwhile in the next", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const sends: string[] = [];
    ada.line.weather = (way, text) => {
      if (way === "up" && text.includes('"send"')) sends.push(text);
      return [500];
    };

    for (const text of numbered("message", 1, 6)) {
      void ada.client.send(talk, text);
      await stage.clock.run(100);
    }
    await stage.clock.run(3_000);

    expect(sends).toHaveLength(2);
    expect(grace.texts(talk)).toEqual(numbered("message", 1, 6));
  });
});

describe("a line that fails", () => {
  it("sends again what was never answered, and the log holds it once", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.line.weather = losing(ANSWER_TO_SEND);

    await say(ada, talk, "once");
    expect(ada.ticks(talk)).toEqual(["once waiting"]);
    await stage.clock.run(15_000);

    expect(ada.ticks(talk)).toEqual(["once delivered"]);
    expect(grace.texts(talk)).toEqual(["once"]);
  });

  it("sends again what was cut on its way", async () => {
    const { stage, ada, grace, talk } = await twoPeople();

    void ada.client.send(talk, "cut");
    await stage.clock.run(4);
    ada.cut();
    await stage.clock.run(3_000);

    expect(ada.texts(talk)).toEqual(["cut"]);
    expect(grace.texts(talk)).toEqual(["cut"]);
  });

  it("finds out by itself that a socket is dead", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.goDark();
    await stage.clock.run(1_000);
    expect(ada.connection).toBe("live");

    void ada.client.send(talk, "into the dark");
    await stage.clock.run(10_500);
    expect(ada.connection).not.toBe("live");
    ada.heal();
    await stage.clock.run(35_000);

    expect(ada.connection).toBe("live");
    expect(grace.texts(talk)).toEqual(["into the dark"]);
  });

  it("finds out in seconds when somebody looks at the page again", async () => {
    const { stage, ada } = await twoPeople();
    ada.surroundings({ visible: false });
    ada.goDark();
    await stage.clock.run(60_000);
    expect(ada.connection).toBe("live");

    ada.surroundings({ visible: true });
    await stage.clock.run(5_100);

    expect(ada.connection).not.toBe("live");
  });

  it("shows nothing twice when every frame comes twice, some of them late", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    for (const player of [ada, grace]) player.line.weather = () => [5, 700];

    await say(ada, talk, ...numbered("ada", 1, 5));
    await say(grace, talk, ...numbered("grace", 1, 5));
    await stage.clock.run(5_000);

    const expected = [...numbered("ada", 1, 5), ...numbered("grace", 1, 5)];
    expect(ada.texts(talk)).toEqual(expected);
    expect(grace.texts(talk)).toEqual(expected);
  });

  it("waits for a frame that was overtaken, and shows nothing out of order meanwhile", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    let held = 0;
    grace.line.weather = (_, text) => (PUSHED_ENTRY.test(text) && (held += 1) === 1 ? [300] : [5]);

    void ada.client.send(talk, "first");
    await stage.clock.run(50);
    void ada.client.send(talk, "second");
    await stage.clock.run(50);
    expect(grace.texts(talk)).toEqual([]);

    await stage.clock.run(300);
    expect(grace.texts(talk)).toEqual(["first", "second"]);
  });

  it("reads what a lost push left out as soon as the next one shows the gap", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    grace.line.weather = losing(PUSHED_ENTRY);

    await say(ada, talk, "lost");
    expect(grace.texts(talk)).toEqual([]);
    await say(ada, talk, "seen");
    await stage.clock.run(1_000);

    expect(grace.texts(talk)).toEqual(["lost", "seen"]);
  });

  it("finds a push that was lost within a minute where somebody looks, and asks nothing elsewhere", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const phone = new Player(stage, grace.line.user);
    await phone.start();
    phone.surroundings({ visible: false });
    const asked: string[] = [];
    for (const player of [grace, phone]) {
      player.client.look(talk);
      const lose = losing(PUSHED_ENTRY);
      player.line.weather = (way, text) => {
        if (player === phone && text.includes('"sync"')) asked.push(text);
        return lose(way, text);
      };
    }

    await say(ada, talk, "lost");
    await stage.clock.run(64_000);

    expect(grace.texts(talk)).toEqual(["lost"]);
    expect(asked).toEqual([]);
  });

  it("keeps one's own message in sight while log below it is missing", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.line.weather = losing(PUSHED_ENTRY);
    await say(grace, talk, "unseen by Ada");

    void ada.client.send(talk, "above the gap");
    await stage.clock.run(100);
    expect(ada.ticks(talk)).toEqual(["above the gap sent"]);
    await stage.clock.run(1_000);

    expect(ada.texts(talk)).toEqual(["unseen by Ada", "above the gap"]);
  });

  it("catches up on what was written while it was down, and says so", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    grace.unplug();
    await say(ada, talk, ...numbered("message", 1, 7));
    grace.heal();
    const states: string[] = [];
    grace.client.connection.subscribe(() => states.push(grace.connection));
    await stage.clock.run(5_000);

    expect(grace.texts(talk)).toEqual(numbered("message", 1, 7));
    expect(states).toContain("catching-up");
    expect(states.at(-1)).toBe("live");
  });

  it("takes a fresh token when the handshake is refused", async () => {
    const { stage, ada } = await twoPeople();
    ada.line.refuseTokens = true;
    ada.cut();
    await stage.clock.run(10_000);
    expect(ada.freshAsked).toBeGreaterThan(0);

    ada.line.refuseTokens = false;
    await stage.clock.run(40_000);
    expect(ada.connection).toBe("live");
  });

  it("stops when the session has ended, and goes on after signing in again", async () => {
    const { stage, ada } = await twoPeople();
    ada.session = "ended";
    ada.cut();
    await stage.clock.run(2_000);
    expect(ada.client.connection.getSnapshot()).toEqual({ is: "stopped", why: "session-ended" });

    ada.session = "good";
    ada.client.reconnectNow();
    await stage.clock.run(1_000);
    expect(ada.connection).toBe("live");
  });

  it("does not take the end of the old socket for the end of the new one", async () => {
    const { stage, ada } = await twoPeople();
    await stage.clock.run(10_000);
    ada.goDark();
    ada.surroundings({ online: false });
    ada.heal();
    ada.surroundings({ online: true });
    await stage.clock.run(500);
    expect(ada.connection).toBe("live");
    const states: string[] = [];
    ada.client.connection.subscribe(() => states.push(ada.connection));

    await stage.clock.run(10_000);

    expect(states.filter((is) => is !== "live")).toEqual([]);
  });

  it("goes away when the server says so, and comes back when it was told to", async () => {
    const { stage, ada } = await twoPeople();

    stage.say(ada.line, { type: "bye", why: "maintenance", delayMs: 60_000 });
    await stage.clock.run(30_000);
    expect(ada.connection).toBe("reconnecting");

    await stage.clock.run(32_000);
    expect(ada.connection).toBe("live");
  });

  it("survives frames that are none, and frames that it does not know", async () => {
    const { stage, ada, grace, talk } = await twoPeople();

    stage.say(ada.line, { type: "from-the-future", x: 1 });
    stage.say(ada.line, { message: "Internal server error", connectionId: "x", requestId: "y" });
    stage.say(ada.line, { type: "entries", entries: [{ kind: "message", seq: -1 }] });
    stage.say(ada.line, { type: "marks", conversation: "nonsense", user: "nobody", marks: {} });
    await say(grace, talk, "still here?");

    expect(ada.texts(talk)).toEqual(["still here?"]);
    expect(ada.connection).toBe("live");
  });
});
