import { describe, expect, it } from "vitest";
import type { ConversationId } from "../domain/ids";
import { createLookout, LOOKOUT_MS } from "./lookout";
import { TALK } from "./plays/logbook";
import { PlayClock } from "./plays/play-clock";

class SkewedClock extends PlayClock {
  skewMs = 0;

  override now(): number {
    return super.now() + this.skewMs;
  }
}

function watched() {
  const timers = new SkewedClock();
  const asked: number[] = [];
  const begin = timers.now();
  const surroundings = {
    online: () => true,
    visible: () => true,
    awake: () => true,
    subscribe: () => () => {},
  };
  const check = async (conversation: ConversationId) => {
    if (conversation === TALK) asked.push(timers.now() - begin);
  };
  const lookout = createLookout({ timers, surroundings }, { check });
  lookout.look([TALK]);
  return { timers, lookout, asked };
}

describe("the lookout", () => {
  it("asks once a silent minute", async () => {
    const { timers, asked } = watched();
    await timers.run(3 * LOOKOUT_MS);
    expect(asked).toEqual([1, 2, 3].map((minute) => minute * LOOKOUT_MS));
  });

  it("asks nothing while the log grows, and a minute after it last did", async () => {
    const { timers, lookout, asked } = watched();
    for (let count = 0; count < 10; count += 1) {
      await timers.run(20_000);
      lookout.grown(TALK);
    }
    expect(asked).toEqual([]);
    await timers.run(LOOKOUT_MS);
    expect(asked).toEqual([200_000 + LOOKOUT_MS]);
  });

  it("is not put off by looking elsewhere and back", async () => {
    const { timers, lookout, asked } = watched();
    await timers.run(40_000);
    lookout.look([TALK, "d.other" as ConversationId]);
    await timers.run(20_000);
    expect(asked).toEqual([LOOKOUT_MS]);
  });

  it("is not put off by a clock that is set back", async () => {
    const { timers, asked } = watched();
    timers.skewMs = -24 * 3_600_000;
    await timers.run(2 * LOOKOUT_MS);
    expect(asked).toHaveLength(2);
  });

  it("stops with the device", async () => {
    const { timers, lookout, asked } = watched();
    lookout.stop();
    await timers.run(5 * LOOKOUT_MS);
    expect(asked).toEqual([]);
  });
});
