// A line that dies without a word: no `$disconnect` comes, and the row stays.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONNECTION_MS } from "../../core/domain/limits";
import { arrive, message, open, type Peer, type Play, say, startPlay, until } from "./cloud";

let play: Play;
beforeAll(async () => {
  play = await startPlay();
});
afterAll(async () => {
  await play?.end();
});

const presenceFrames = ({ socket }: Peer) => socket.received.filter(({ type }) => type === "presence");

/** Grace's page is gone, and nobody was told. */
async function graceIsGone() {
  const { cloud } = play;
  const [ada, grace] = [await arrive(cloud, "Ada"), await arrive(cloud, "Grace")];
  const conversation = await open(ada, grace);
  await say(ada, conversation, message("hello"));
  cloud.weather.set({ disconnect: { lost: 1 } });
  const arrivedBy = cloud.clock.now();
  const before = cloud.gateway.connections().length;
  grace.socket.close();
  await until("her socket is gone", () => cloud.gateway.connections().length < before);
  return { ada, conversation, arrivedBy };
}

const watch = ({ socket }: Peer, conversation: string) => socket.ask({ action: "watch", conversation });

describe("somebody whose line died without a word", () => {
  it("is online until a push finds out, and then was last there when they last said so", async () => {
    const { ada, conversation, arrivedBy } = await graceIsGone();
    expect(await watch(ada, conversation)).toMatchObject({ presence: { is: "online" } });
    play.cloud.clock.turn(60_000);

    await say(ada, conversation, message("are you there?"));

    await until("who watches is told", () => presenceFrames(ada).length > 1);
    const presence = presenceFrames(ada).at(-1)?.["presence"] as { readonly lastSeenAt: number };
    expect(presence).toMatchObject({ is: "offline" });
    expect(presence.lastSeenAt).toBeLessThanOrEqual(arrivedBy);
    expect(presence.lastSeenAt).toBeGreaterThan(arrivedBy - 30_000);
  });

  it("is found out by the relay where the function ends before its pushes", async () => {
    const { ada, conversation } = await graceIsGone();
    await watch(ada, conversation);
    play.cloud.weather.set({
      disconnect: { lost: 1 },
      functions: { crash: [{ function: "Frames", action: "dynamodb:PutItem", when: "after", times: 1 }] },
    });

    expect(await say(ada, conversation, message("are you there?"))).toBe("ended");

    await until("who watches is told", () => presenceFrames(ada).length > 1);
    expect(presenceFrames(ada).at(-1)).toMatchObject({ presence: { is: "offline" } });
  });

  it("is offline when their row is over, though nobody wrote to them", async () => {
    const { ada, conversation, arrivedBy } = await graceIsGone();
    // Ada's own line would be silent for too long.
    for (let passedMs = 0; passedMs <= CONNECTION_MS; passedMs += 300_000) {
      play.cloud.clock.turn(300_000);
      await ada.socket.ask({ action: "here", device: ada.device });
    }

    const { presence } = await watch(ada, conversation);

    expect(presence).toMatchObject({ is: "offline" });
    expect((presence as { readonly lastSeenAt: number }).lastSeenAt).toBeLessThanOrEqual(arrivedBy);
    expect((presence as { readonly lastSeenAt: number }).lastSeenAt).toBeGreaterThan(arrivedBy - 30_000);
  });
});
