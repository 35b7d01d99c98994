// The gateway's own errors name no question: too many requests, a function that failed or took too long.

import { describe, expect, it } from "vitest";
import { NO_SEQ } from "../../domain/ids";
import { opened, say, twoPeople } from "./cast";
import type { Stage } from "./stage";

const ERROR = (message: string) =>
  JSON.stringify({ message, connectionId: "L0SM9cOFvHcCIhw=", requestId: "r1" });

/** Answers so many `send`s in the gateway's way, before they are served. */
function failSends(stage: Stage, times: number, message: string): string[] {
  const failed: string[] = [];
  stage.refuse = (text) => {
    if (!text.includes('"action":"send"') || failed.length === times) return undefined;
    failed.push(text);
    return ERROR(message);
  };
  return failed;
}

describe("an error of the gateway's", () => {
  it.each(["Too Many Requests", "Internal server error", "Forbidden"])(
    "to the only question is taken for its answer: %s goes again in seconds",
    async (message) => {
      const { stage, ada, grace, talk } = await twoPeople();
      failSends(stage, 1, message);

      void ada.client.send(talk, "hello");
      await stage.clock.run(3_000);

      expect(grace.texts(talk)).toEqual(["hello"]);
      expect(ada.connection).toBe("live");
    },
  );

  it("that comes again and again is met with longer and longer pauses, on the same socket", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const failed = failSends(stage, 6, "Too Many Requests");
    const sockets = stage.open(ada.line);

    await say(ada, talk, "patience");
    await stage.clock.run(120_000);

    expect(failed).toHaveLength(6);
    expect(grace.texts(talk)).toEqual(["patience"]);
    expect(stage.open(ada.line)).toEqual(sockets);
  });

  it("among several questions is nobody's until the others are answered, and only the failed one goes again", async () => {
    const { stage, ada, talk } = await twoPeople();
    await stage.person("carol");
    const other = await opened(ada, "carol");
    const sent: string[] = [];
    ada.line.weather = (way, text) => {
      if (way === "up" && text.includes('"action":"send"'))
        sent.push(text.includes("slow") ? "slow" : "failed");
      // The answer to the slow one takes a second.
      return [way === "down" && text.includes('"appended"') ? 1_000 : 5];
    };
    stage.refuse = (text) =>
      text.includes("failed once") && sent.length < 3 ? ERROR("Internal server error") : undefined;

    void ada.client.send(talk, "slow");
    void ada.client.send(other, "failed once");
    await stage.clock.run(8_000);

    expect(sent).toEqual(["slow", "failed", "failed"]);
    expect(ada.ticks(talk)).toEqual(["slow delivered"]);
    expect(ada.ticks(other)).toEqual(["failed once sent"]);
  });

  it("after the commit leaves one message", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    let isFirst = true;
    ada.line.weather = (way, text) => {
      if (way === "up" || !isFirst || !text.includes('"appended"')) return [5];
      isFirst = false;
      stage.say(ada.line, JSON.parse(ERROR("Internal server error")));
      return [];
    };

    await say(ada, talk, "committed");
    await stage.clock.run(5_000);

    expect(ada.ticks(talk)).toEqual(["committed delivered"]);
    expect(grace.texts(talk)).toEqual(["committed"]);
    expect(await stage.world.log.readFrom(talk, NO_SEQ, 10)).toHaveLength(1);
  });

  it("to nothing that was asked changes nothing", async () => {
    const { stage, ada, grace, talk } = await twoPeople();

    stage.say(ada.line, JSON.parse(ERROR("Forbidden")));
    await say(grace, talk, "still here?");

    expect(ada.connection).toBe("live");
    expect(ada.texts(talk)).toEqual(["still here?"]);
  });
});
