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

  it("are not waited for when something went wrong that they will not hear of", async () => {
    const errands = new Errands();
    errands.begin("an answer");
    const all = errands.done(60_000);
    errands.fail("the gateway said no");
    await expect(all).rejects.toThrow("unable to go on; the gateway said no");
    await expect(errands.done(1)).rejects.toThrow("the gateway said no");
  });
});
