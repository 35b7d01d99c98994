import { describe, expect, it } from "vitest";
import type { Device, Frame } from "./device";
import { createOutbox } from "./outbox";

type Sent = { readonly after: number; readonly ids: readonly string[] };

/** Answers what the script says, else "ok"; an answer takes a turn of the event loop. */
function scripted(answers: readonly Frame[] = []) {
  const sent: Sent[] = [];
  let tail = 0;
  const device: Device = {
    name: "device",
    close: () => undefined,
    ask: async ({ after, entries }) => {
      const ids = (entries as readonly { readonly id: string }[]).map(({ id }) => id);
      sent.push({ after: after as number, ids });
      await new Promise((resolve) => setTimeout(resolve, 1));
      return answers[sent.length - 1] ?? { type: "ok", appended: ids.map((id) => ({ id, seq: ++tail })) };
    },
  };
  return { sent, outbox: createOutbox(device, "d.a.b") };
}

describe("the outbox of the bench", () => {
  it("sends what was written in one instant in one frame, and has one unanswered", async () => {
    const { sent, outbox } = scripted();
    const first = ["a", "b"].map((id) => outbox.send(id));
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([...first, outbox.send("c"), outbox.send("d")]);
    expect(sent).toEqual([
      { after: 0, ids: ["a", "b"] },
      { after: 2, ids: ["c", "d"] },
    ]);
  });

  it("puts no more into a frame than the protocol takes", async () => {
    const { sent, outbox } = scripted();
    await Promise.all(Array.from({ length: 25 }, (_, n) => outbox.send(`m${n}`)));
    expect(sent.map(({ ids }) => ids.length)).toEqual([20, 5]);
  });

  it("sends the rest again when it was too fast, in its order", async () => {
    const slower = { type: "refused", code: "slow-down", delayMs: 1, appended: [{ id: "a", seq: 1 }] };
    const { sent, outbox } = scripted([slower]);
    await Promise.all(["a", "b", "c"].map((id) => outbox.send(id)));
    expect(sent[1]).toEqual({ after: 1, ids: ["b", "c"] });
  });

  it("fails what is refused for good", async () => {
    const { outbox } = scripted([{ type: "refused", code: "unknown-conversation" }]);
    await expect(outbox.send("a")).rejects.toThrow(/unable to measure; .*unknown-conversation/);
  });
});
