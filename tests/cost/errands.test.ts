import { describe, expect, it } from "vitest";
import { Errands } from "./errands";

describe("errands", () => {
  it("are done when the last of them is", async () => {
    const errands = new Errands();
    const [first, second] = [errands.begin("one"), errands.begin("another")];
    let done = false;
    const all = errands.done(1_000).then(() => (done = true));
    first();
    await Promise.resolve();
    expect(done).toBe(false);
    second();
    await all;
    expect(errands.idle).toBe(true);
  });

  it("are named when they do not end", async () => {
    const errands = new Errands();
    errands.begin("an answer");
    await expect(errands.done(1)).rejects.toThrow(/does not end: an answer/);
  });
});
