import { describe, expect, it } from "vitest";
import { PlayTime } from "./play-time";

function world() {
  let now = 1_000;
  const turns: number[] = [];
  const time = new PlayTime({
    now: () => now,
    turn: (byMs) => {
      turns.push(byMs);
      now += byMs;
    },
    // Things take a little while to come to rest, and the cloud's clock runs on meanwhile.
    rest: async () => void (now += 7),
  });
  return { time, turns, cloudNow: () => now };
}

describe("time in a play", () => {
  it("turns the cloud's clock to each alarm, and to where it was told to run", async () => {
    const { time, cloudNow } = world();
    const rung: number[] = [];
    time.after(300, () => rung.push(cloudNow()));
    time.after(100, () => rung.push(cloudNow()));
    await time.run(1_000);
    expect(rung).toEqual([1_100, 1_300]);
    expect([time.now(), cloudNow()]).toEqual([2_000, 2_000]);
  });

  it("never turns the cloud's clock back when that has run ahead", async () => {
    const { time, turns } = world();
    time.after(3, () => {});
    await time.run(5);
    expect(turns).toEqual([]);
  });

  it("forgets an alarm that was cancelled", async () => {
    const { time } = world();
    let rung = false;
    time.after(10, () => (rung = true))();
    await time.run(20);
    expect(rung).toBe(false);
  });
});
