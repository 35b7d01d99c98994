import { describe, expect } from "vitest";
import { fact } from "./fact";
import type { Frame } from "./line";
import { newKey } from "./stage";

const TIMEOUT_MS = 29_000;
const SOON_MS = 5_000;

describe("frames of one socket", () => {
  fact(9, "run at the same time and finish in any order", async (stage) => {
    const line = await stage.enter();
    const [first, second] = [newKey(), newKey()];
    const answers = [first, second].map((note) => line.ask({ action: "wait", note }));
    await Promise.all([first, second].map((note) => stage.noted(`${note}.began`)));
    for (const note of [second, first]) {
      await stage.leaveNote(`${note}.go`);
      await line.hears(({ done }) => done === note, `the answer to ${note}`);
    }
    await Promise.all(answers);
    expect(line.heard.map((text): unknown => Reflect.get(Object(JSON.parse(text)), "done"))).toEqual([
      second,
      first,
    ]);
  });

  fact(9, "are not repeated when their function fails", async (stage) => {
    const line = await stage.enter();
    const note = newKey();
    line.say({ action: "throw", note });
    await line.hears(({ message }) => message === "Internal server error", "the failure");
    await stage.pass(1_000);
    await line.ask({ action: "echo" });
    expect(await stage.note(note)).toMatchObject({ times: 1 });
  });
});

describe("an integration that takes long", () => {
  // The frame: github.com/Kludex/mangum/issues/128, github.com/aws/chalice/issues/1406
  fact(10, "times out at 29 s, and its function goes on and commits", async (stage) => {
    const line = await stage.enter();
    const note = newKey();
    line.say({ action: "wait", ref: "late", note });
    await stage.noted(`${note}.began`);
    await stage.pass(TIMEOUT_MS - 2_000);
    await line.ask({ action: "echo" });
    expect(line.heard).toHaveLength(1);
    await stage.pass(2_500);
    const isTimeOut = ({ message }: Frame) => message !== undefined;
    expect(await line.hears(isTimeOut, "the time-out", SOON_MS)).toEqual({
      message: "Endpoint request timed out",
      connectionId: await stage.connectionOf(line),
      requestId: expect.any(String),
    });
    expect(await stage.note(`${note}.done`)).toBeUndefined();
    await stage.leaveNote(`${note}.go`);
    await stage.noted(`${note}.done`);
    await line.ask({ action: "echo" });
    // Its answer came too late for the client.
    expect(line.heard.some((text) => text.includes('"done"'))).toBe(false);
  });
});

describe("an environment", () => {
  fact(
    11,
    "is frozen when its function returns: what was not awaited waits for the next event",
    async (stage) => {
      const line = await stage.enter();
      const note = newKey();
      const before = await line.ask({ action: "linger", note, linger: true });
      // Other functions run meanwhile, for longer than the work would have taken.
      for (let times = 0; times < 20; times += 1) expect(await stage.note(note)).toBeUndefined();
      const after = await line.ask({ action: "linger" });
      expect(after["environment"]).toBe(before["environment"]);
      await stage.noted(note);
    },
  );

  fact(11, "keeps its module's state from one person to the next", async (stage) => {
    const [ada, grace] = [await stage.enter(), await stage.enter()];
    const first = await ada.ask({ action: "whoami" });
    const second = await grace.ask({ action: "whoami" });
    expect(second["environment"]).toBe(first["environment"]);
    expect(Number(second["calls"])).toBe(Number(first["calls"]) + 1);
  });
});
