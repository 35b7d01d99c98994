import { describe, expect, it } from "vitest";
import { say, twoPeople } from "./cast";
import type { Weather } from "./stage";

/** Neither pushes nor pages come down. */
const onlyAnswers: Weather = (way, text) =>
  way === "down" && /^\{"type":"(entries|page)"/.test(text) ? [] : [5];

describe("a message that was sent while something below it was missing", () => {
  it("is still sent after the page is loaded again, before the log is complete", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.line.weather = onlyAnswers;
    await say(grace, talk, "missed");
    void ada.client.send(talk, "behind it");
    await stage.clock.run(200);
    expect(ada.ticks(talk)).toEqual(["behind it sent"]);

    ada.surroundings({ online: false });
    await ada.reload();

    expect(ada.ticks(talk)).toEqual(["behind it sent"]);
  });
});
