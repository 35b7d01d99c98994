// What was done to a message in one tab comes to the one that leads when the message has its place already, or is gone.

import { describe, expect, it } from "vitest";
import { isEntryId } from "../../domain/ids";
import { browserAndPhone } from "./cast";

async function edited(target: (id: string) => string) {
  const { stage, grace, profile, first, talk } = await browserAndPhone(5);
  const sent = await first.client.send(talk, "said");
  await stage.clock.run(1_000);
  if (sent.is !== "ok") throw new Error("unable to play on; the message was not taken");
  const [id, meant] = [`${sent.value.slice(0, -4)}edit`, target(sent.value)];
  if (!isEntryId(id) || !isEntryId(meant)) throw new Error("unable to play on; that is no id");
  await profile.store.putOutbox({
    kind: "edit",
    conversation: talk,
    id,
    target: meant,
    body: { text: "edited" },
    order: stage.clock.now(),
    queuedAt: stage.clock.now(),
    after: first.entries(talk)[0]!.seq!,
    state: { is: "waiting" },
  });
  first.cut();
  await stage.clock.run(10_000);
  return { profile, grace, talk };
}

describe("an edit that a tab had stored before its message had a place", () => {
  it("is made when another tab has sent the message", async () => {
    const { profile, grace, talk } = await edited((id) => id);

    expect(grace.texts(talk)).toEqual(["edited"]);
    expect(await profile.store.outbox()).toEqual([]);
  });

  it("goes when the message was thrown away", async () => {
    const { profile, grace, talk } = await edited((id) => `${id.slice(0, -4)}gone`);

    expect(grace.texts(talk)).toEqual(["said"]);
    expect(await profile.store.outbox()).toEqual([]);
  });
});
