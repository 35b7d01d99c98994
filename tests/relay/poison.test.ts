// One bad record never stops the others: it ends in the queue, alone, and the alarm says so.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrive, engine, message, newId, open, type Play, say, startPlay, toldOf, until } from "./cloud";

let play: Play;
beforeAll(async () => {
  play = await startPlay();
});
afterAll(async () => {
  await play?.end();
});

async function queues(): Promise<unknown> {
  const { address, controlToken } = play.cloud;
  const response = await fetch(`${address}/control/queues`, {
    headers: { "x-parley-control": controlToken },
  });
  return response.json();
}

/** What no version of ours has written. */
const writePoison = (conversation: string) =>
  engine(play.cloud, "TablesLog", "PutItem", {
    Item: { conversation: { S: conversation }, seq: { N: "1" }, kind: { S: "riddle" } },
  });

describe("a record that nobody can read", () => {
  it("is given up alone, and the alarm goes off", async () => {
    const { cloud, said } = play;
    const [ada, grace] = [await arrive(cloud, "Ada"), await arrive(cloud, "Grace")];
    const conversation = await open(ada, grace);
    await say(ada, conversation, message("before"));
    expect(await queues()).toMatchObject([{ visible: 0, alarms: [{ state: "OK" }] }]);

    await writePoison(`poison.${newId()}`);
    // Nobody is told of it by the function that put it.
    cloud.weather.set({
      functions: { crash: [{ function: "Frames", action: "dynamodb:PutItem", when: "after", times: 1 }] },
    });
    expect(await say(ada, conversation, message("after"))).toBe("ended");

    // The others in its batch are not held up by it.
    expect(
      await until("what stands behind it is told", () => toldOf(grace, conversation).length > 1),
    ).toBeLessThan(2_500);
    await until("it is given up", () => cloud.queues.arns.some((arn) => cloud.queues.depth(arn).visible > 0));
    await cloud.streams.idle();

    expect(await queues()).toMatchObject([{ visible: 1, alarms: [{ state: "ALARM" }] }]);
    expect(said).toEqual(expect.arrayContaining([expect.stringMatching(/^ALARM .*DeadLetters.* is 1\./)]));
    const [body] = cloud.queues.arns.flatMap((arn) => cloud.queues.bodies(arn));
    expect(JSON.parse(body ?? "")).toMatchObject({
      requestContext: { condition: "RetryAttemptsExhausted" },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
    expect(body).not.toMatch(/riddle|before|after/);
    // An entry behind it is relayed as before.
    await say(ada, conversation, message("later"));
    await until("what comes later is told", () => toldOf(grace, conversation).length > 2);
  });
});
