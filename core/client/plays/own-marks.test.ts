import { describe, expect, it } from "vitest";
import { seqOf } from "../../domain/ids";
import { say, twoPeople } from "./cast";

describe("a watermark", () => {
  it("is not told of one's own messages alone, which nobody counts", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const marked: string[] = [];
    stage.refuse = (text) => {
      if (text.includes('"action":"mark"')) marked.push(text);
      return undefined;
    };

    await say(ada, talk, "one", "two");
    ada.client.shown(talk, seqOf(2));
    await stage.clock.run(1_000);
    expect(marked.filter((frame) => frame.includes('"read"'))).toEqual([]);

    await say(grace, talk, "three");
    ada.client.shown(talk, seqOf(3));
    await stage.clock.run(1_000);
    expect(marked.filter((frame) => frame.includes('"read":3'))).toHaveLength(1);
    expect(grace.ticks(talk)).toEqual(["three read"]);
  });
});
