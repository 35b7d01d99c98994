import { describe, expect, it } from "vitest";
import { NO_SEQ, seqOf } from "../../domain/ids";
import { TYPING_MS } from "../../domain/limits";
import { answered, browserAndPhone, numbered, opened, say } from "./cast";
import { Player } from "./player";

/** Ada with two tabs in one browser, the first of which leads, and Grace. */
async function twoTabs(seed = 1) {
  const { stage, grace, profile, first, talk } = await browserAndPhone(seed);
  const second = await profile.open();
  second.client.timeline(talk);
  await stage.clock.run(100);
  return { stage, grace, profile, first, second, talk };
}

const unreadOf = (player: Player) => player.client.list.getSnapshot().unreadTotal;

describe("two tabs of one browser", () => {
  it("have one socket between them, and show the same", async () => {
    const { stage, grace, profile, first, second, talk } = await twoTabs();

    await say(grace, talk, "to both", "and again");

    expect(profile.leading()).toEqual([first]);
    expect(stage.open(first.line)).toHaveLength(1);
    for (const tab of [first, second]) {
      expect(tab.texts(talk)).toEqual(["to both", "and again"]);
      expect(unreadOf(tab)).toBe(2);
      expect(tab.connection).toBe("live");
      expect(tab.client.me.getSnapshot()).toMatchObject({ is: "known", me: { handle: "ada" } });
    }
  });

  it("see in each what was written in the other at once, with its ticks", async () => {
    const { stage, grace, first, second, talk } = await twoTabs();
    grace.goDark();

    void second.client.send(talk, "from the second");
    expect(second.ticks(talk)).toEqual(["from the second waiting"]);
    await stage.clock.run(50);
    expect(first.ticks(talk)).toEqual(["from the second sent"]);
    expect(second.ticks(talk)).toEqual(["from the second sent"]);

    grace.heal();
    grace.cut();
    await stage.clock.run(3_000);
    grace.client.shown(talk, seqOf(1));
    await stage.clock.run(1_000);
    expect(second.ticks(talk)).toEqual(["from the second read"]);
  });

  it("see the other type, be there and go in both", async () => {
    const { stage, grace, second, talk } = await twoTabs();
    const view = () => second.client.timeline(talk).getSnapshot();
    await say(second, talk, "are you there?");
    second.client.look(talk);
    await stage.clock.run(100);
    expect(view()?.peerPresence?.is).toBe("online");

    grace.client.typing(talk);
    await stage.clock.run(100);
    expect(view()?.peerTyping).toBe(true);

    grace.unplug();
    await stage.clock.run(TYPING_MS + 1_000);
    expect(view()).toMatchObject({ peerTyping: false, peerPresence: { is: "offline" } });
  });

  it("read in one what was unread in both", async () => {
    const { stage, grace, first, second, talk } = await twoTabs();
    await say(grace, talk, "one", "two");

    second.client.shown(talk, seqOf(2));
    await stage.clock.run(1_000);

    expect([unreadOf(first), unreadOf(second)]).toEqual([0, 0]);
    expect(grace.ticks(talk)).toEqual(["one read", "two read"]);
  });

  it("ask through the one what the other wants to know", async () => {
    const { stage, second } = await twoTabs();
    await stage.person("carol");

    expect(await answered(second, second.client.open("carol"))).toMatchObject({ is: "ok" });
    expect(await answered(second, second.client.open("nobody"))).toMatchObject({ code: "unknown-handle" });
    expect(
      await answered(second, second.client.saveProfile({ name: "Augusta", handle: "augusta" })),
    ).toMatchObject({ is: "ok", value: { handle: "augusta" } });
    expect(second.client.me.getSnapshot()).toMatchObject({ me: { name: "Augusta" } });
  });

  it("look at different conversations, and both know who is there", async () => {
    const { stage, first, second, talk } = await twoTabs();
    const carol = new Player(stage, (await stage.person("carol")).user);
    await carol.start();
    const other = await opened(first, "carol");

    first.client.look(other);
    second.client.look(talk);
    await stage.clock.run(100);

    expect(first.client.timeline(other).getSnapshot()?.peerPresence?.is).toBe("online");
    expect(second.client.timeline(talk).getSnapshot()?.peerPresence?.is).toBe("online");
  });

  it("scroll up in one, which the other that leads reads for it", async () => {
    const { stage, grace, profile, first, talk } = await twoTabs();
    for (let part = 0; part < 3; part += 1) {
      await say(grace, talk, ...numbered("message", 40 * part + 1, 40 * part + 40));
      await stage.clock.run(11_000);
    }
    await first.reload();
    const third = await profile.open();
    third.client.timeline(talk);
    await stage.clock.run(100);
    for (let step = 0; step < 3; step += 1) {
      void third.client.loadOlder(talk);
      await stage.clock.run(100);
    }

    expect(third.texts(talk)).toEqual(numbered("message", 1, 120));
  });

  it("keep every view the same object while nothing in it changes, and every entry that did not", async () => {
    const { stage, grace, second, talk } = await twoTabs();
    await say(grace, talk, "one", "two");
    const before = second.client.timeline(talk).getSnapshot();
    await stage.clock.run(600_000);
    expect(second.client.timeline(talk).getSnapshot()).toBe(before);

    await say(grace, talk, "three");
    const entries = second.entries(talk);
    expect(entries[0]).toBe(before?.entries[0]);
    expect(entries).toHaveLength(3);
  });

  it("say nothing to one another while nothing happens and only the one that leads is seen", async () => {
    const { stage, profile, second } = await twoTabs();
    second.surroundings({ visible: false });
    await stage.clock.run(1_000);
    profile.said.length = 0;

    await stage.clock.run(30_000);

    expect(profile.said).toEqual([]);
  });
});

describe("when the tab that leads goes", () => {
  it.each(["closed", "crashed"])("%s, the other has a socket within a second", async (how) => {
    const { stage, grace, profile, first, second, talk } = await twoTabs();
    await say(grace, talk, "before");
    const begunAt = stage.clock.now();
    if (how === "closed") first.client.stop();
    else profile.crash(first);
    while (stage.open(second.line).length === 0) await stage.clock.run(1);
    await stage.clock.run(20);

    expect(stage.clock.now() - begunAt).toBeLessThan(1_000);
    expect(second.connection).toBe("live");
    await say(grace, talk, "after");
    expect(second.texts(talk)).toEqual(["before", "after"]);
  });

  it("frozen without a word, the one that is looked at takes the lead within a second and a half", async () => {
    const { stage, grace, profile, first, second, talk } = await twoTabs();
    first.freeze();
    const begunAt = stage.clock.now();
    while (stage.open(second.line).length === 0) await stage.clock.run(10);
    expect(stage.clock.now() - begunAt).toBeLessThan(1_500);
    await say(grace, talk, "to the second");
    await say(second, talk, "from the second");

    first.thaw();
    await stage.clock.run(5_000);

    expect(profile.leading()).toEqual([second]);
    for (const tab of [first, second]) expect(tab.texts(talk)).toEqual(["to the second", "from the second"]);
    expect(first.connection).toBe("live");
  });

  it("frozen with a word, or kept for the back button, it gives the lead back at once and is a follower after", async () => {
    const { stage, grace, profile, first, second, talk } = await twoTabs();
    first.surroundings({ awake: false });
    await stage.clock.run(50);
    expect(profile.leading()).toEqual([second]);
    await say(grace, talk, "meanwhile");

    first.surroundings({ awake: true });
    await stage.clock.run(100);

    expect(profile.leading()).toEqual([second]);
    expect(first.texts(talk)).toEqual(["meanwhile"]);
    expect(first.connection).toBe("live");
  });

  it("loses nothing that was written in either, doubles nothing and keeps the order", async () => {
    const { stage, grace, profile, first, second, talk } = await twoTabs();
    first.line.weather = (way) => (way === "up" ? [5] : []);
    for (const text of numbered("message", 1, 5)) {
      void first.client.send(talk, `first ${text}`);
      void second.client.send(talk, `second ${text}`);
    }
    await stage.clock.run(30);

    profile.crash(first);
    void second.client.send(talk, "second message 6");
    await stage.clock.run(5_000);

    const log = await stage.world.log.readFrom(talk, NO_SEQ, 100);
    const texts = log.map((entry) => (entry.kind === "message" ? entry.body.text : ""));
    expect(texts.filter((text) => text.startsWith("first"))).toEqual(numbered("first message", 1, 5));
    expect(texts.filter((text) => text.startsWith("second"))).toEqual(numbered("second message", 1, 6));
    expect(second.texts(talk)).toEqual(texts);
    expect(grace.texts(talk)).toEqual(texts);
    expect(await profile.store.outbox()).toEqual([]);
  });

  it("does not take back what was on the screen, nor shows a tick that the disk does not have", async () => {
    const { stage, grace, profile, first, second, talk } = await twoTabs();
    await say(second, talk, "mine");
    // The tab that leads has told the other, and not yet stored it.
    profile.store.saveLog = () => new Promise(() => {});
    await say(grace, talk, "theirs");
    grace.client.shown(talk, seqOf(2));
    await stage.clock.run(1_000);
    const before = second.ticks(talk);
    const seen: (readonly string[])[] = [];
    second.client.timeline(talk).subscribe(() => {
      seen.push([...second.texts(talk), ...second.ticks(talk)]);
    });

    profile.crash(first);
    await stage.clock.run(5_000);

    expect(before).toEqual(["mine delivered"]);
    expect(seen.length).toBeGreaterThan(0);
    for (const view of seen) expect(view).toEqual(["mine", "theirs", "mine delivered"]);
  });

  it("hands over what was asked of it and not answered", async () => {
    const { stage, profile, first, second } = await twoTabs();
    await stage.person("carol");
    first.line.weather = () => [];
    const question = second.client.open("carol");
    await stage.clock.run(500);
    profile.crash(first);
    await stage.clock.run(2_000);

    expect(await question).toMatchObject({ is: "ok" });
  });

  it("keeps the messages of a hidden tab prompt where another is looked at", async () => {
    const { stage, grace, first, second, talk } = await twoTabs();
    first.surroundings({ visible: false });
    first.timersLateMs = 60_000;
    await say(grace, talk, "hello");

    second.client.shown(talk, seqOf(1));
    await stage.clock.run(1_500);

    expect(grace.ticks(talk)).toEqual(["hello read"]);
  });
});

describe("two tabs that both believe that they lead", () => {
  it("put each message into the log once, whoever sends it", async () => {
    const { stage, grace, profile, first, second, talk } = await twoTabs();
    first.line.weather = (way) => (way === "up" ? [1_500] : [5]);
    for (const text of numbered("both", 1, 4)) void first.client.send(talk, text);
    await stage.clock.run(20);
    // It hangs, the other seizes the lead and drains the same outbox; what it had sent arrives late.
    first.freeze();
    await stage.clock.run(1_450);
    first.thaw();
    void first.client.send(talk, "both 5");
    await stage.clock.run(10_000);

    const log = await stage.world.log.readFrom(talk, NO_SEQ, 100);
    expect(log.map((entry) => (entry.kind === "message" ? entry.body.text : ""))).toEqual(
      numbered("both", 1, 5),
    );
    for (const player of [first, second, grace]) expect(player.texts(talk)).toEqual(numbered("both", 1, 5));
    expect(await profile.store.outbox()).toEqual([]);
  });
});

describe("signing out in one tab", () => {
  it.each(["the one that leads", "the other"])("%s, leaves nothing in any of them", async (which) => {
    const { stage, grace, profile, first, second, talk } = await twoTabs();
    await say(grace, talk, "private");
    const leaving = which === "the other" ? second : first;
    const wiped = leaving.client.wipe();
    await stage.clock.run(3_000);
    await wiped;
    await say(grace, talk, "after");

    for (const tab of [first, second]) {
      expect(tab.client.list.getSnapshot().conversations).toEqual([]);
      expect(tab.client.me.getSnapshot()).toEqual({ is: "unknown" });
      expect(tab.entries(talk)).toEqual([]);
      expect(stage.open(tab.line)).toEqual([]);
    }
    expect(await profile.store.me()).toBeUndefined();
    expect(await profile.store.conversations()).toEqual([]);
    expect(await profile.store.outbox()).toEqual([]);
  });
});
