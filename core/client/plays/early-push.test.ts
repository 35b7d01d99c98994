// The row is ready before the tails are read: what is committed in between is pushed before the welcome comes.

import { describe, expect, it } from "vitest";
import { twoPeople } from "./cast";
import type { Weather } from "./stage";

const lateWelcome: Weather = (_, text) => [text.startsWith('{"type":"welcome"') ? 2_000 : 5];

describe("a message that is pushed before the welcome has come", () => {
  it("is shown as soon as the device is welcome", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.line.weather = lateWelcome;
    ada.cut();
    stage.onConnect = (line) => {
      if (line === ada.line) stage.clock.after(40, () => void grace.client.send(talk, "in between"));
    };

    await stage.clock.run(6_000);

    expect(ada.connection).toBe("live");
    expect(ada.texts(talk)).toEqual(["in between"]);
  });

  it("is not lost on a socket that was cut before its welcome", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.line.weather = lateWelcome;
    ada.cut();
    let asked = 0;
    stage.onConnect = (line) => {
      if (line !== ada.line || (asked += 1) > 1) return;
      stage.clock.after(40, () => void grace.client.send(talk, "in between"));
      stage.clock.after(1_000, () => ada.cut());
    };

    await stage.clock.run(12_000);

    expect(ada.texts(talk)).toEqual(["in between"]);
  });
});
