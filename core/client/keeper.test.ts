import { describe, expect, it } from "vitest";
import { seqOf } from "../domain/ids";
import { FakeClock } from "../testing/fake-clock";
import { createKeeper } from "./keeper";
import { createMemoryStore } from "./memory-store";
import { ADA, entry, idOf, kept, pending, stretch, TALK } from "./plays/logbook";
import type { ClientStore } from "./ports/store";
import { meet, timelineOf, type Timeline } from "./timeline";

const quotaExceeded = () => Object.assign(new Error("no room"), { name: "QuotaExceededError" });

function keeping(store: ClientStore, begin: Timeline = timelineOf(kept())) {
  let timeline = begin;
  const clock = new FakeClock();
  const saved: number[] = [];
  const keeper = createKeeper({
    store,
    log: () => {},
    timers: clock,
    timeline: () => timeline,
    conversations: () => [TALK],
    saved: (_, next) => saved.push(next(timeline).savedUpTo),
    again: () => {},
  });
  const take = (first: number, last: number) => {
    const change = meet(timeline, ADA, stretch(first, last));
    timeline = change.timeline;
    keeper.change(TALK, change);
  };
  return { keeper, saved, take, clock, set: (next: Timeline) => (timeline = next) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the keeper", () => {
  it("writes a conversation that changes often once, whole", async () => {
    const store = createMemoryStore();
    let writes = 0;
    const counting = {
      ...store,
      saveLog: (change: Parameters<ClientStore["saveLog"]>[0]) => {
        writes += 1;
        return store.saveLog(change);
      },
    };
    const { saved, take } = keeping(counting);

    take(1, 2);
    take(3, 3);
    take(4, 4);
    await settled();

    expect(writes).toBe(1);
    expect(saved).toEqual([4]);
    expect(await store.entriesBefore(TALK, seqOf(9), 9)).toEqual(stretch(1, 4));
  });

  it("stores what was written, and forgets what was thrown away, just before it was told to stop", async () => {
    const store = createMemoryStore();
    const gone = pending("gone", 1);
    await store.putOutbox(gone.item);
    const { keeper, take } = keeping(store, { ...timelineOf(kept()), pending: [pending("mine", 0), gone] });

    take(1, 2);
    const writes = [keeper.message(TALK, idOf("mine")), keeper.forget(TALK, idOf("gone"))];
    keeper.stop();
    await Promise.all(writes);

    expect((await store.outbox()).map(({ id }) => id)).toEqual([idOf("mine")]);
    expect(await store.entriesBefore(TALK, seqOf(9), 9)).toEqual([]);
  });

  it("does not put back a message that has left the outbox meanwhile", async () => {
    const store = createMemoryStore();
    const { keeper, set } = keeping(store, { ...timelineOf(kept()), pending: [pending("mine", 0)] });

    const put = keeper.message(TALK, idOf("mine"));
    set(timelineOf(kept()));
    await put;

    expect(await store.outbox()).toEqual([]);
  });

  it("leaves the disk as it was whole when it refuses, until it takes what it missed", async () => {
    const store = createMemoryStore();
    let full = false;
    const filling = {
      ...store,
      saveLog: async (change: Parameters<ClientStore["saveLog"]>[0]) => {
        if (full) throw new Error("unable to store", { cause: quotaExceeded() });
        return store.saveLog(change);
      },
    };
    const { keeper, saved, take, clock } = keeping(filling);
    take(1, 2);
    await settled();
    full = true;
    take(3, 4);
    await settled();
    full = false;
    take(5, 6);
    await settled();

    expect(keeper.view.getSnapshot()).toEqual({ is: "memory", why: "full" });
    expect(saved).toEqual([2]);
    expect(await store.entriesBefore(TALK, seqOf(9), 9)).toEqual([entry(1), entry(2)]);
    expect(await store.conversations()).toMatchObject([{ cursor: 2 }]);

    clock.advance(30_000);
    await settled();
    expect(keeper.view.getSnapshot()).toEqual({ is: "kept" });
    expect(saved.at(-1)).toBe(6);
    expect(await store.entriesBefore(TALK, seqOf(9), 9)).toEqual(stretch(1, 6));
    expect(await store.conversations()).toMatchObject([{ cursor: 6 }]);
  });
});
