// A function may end before or after each call that it makes, and nobody may come back for what it was doing: the
// device that asked is gone too. What was put into the log is then carried out and told by the relay.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Frame } from "../fixtures/raw-socket";
import {
  arrive,
  engine,
  logOf,
  message,
  newId,
  open,
  type Entry,
  type Peer,
  type Play,
  say,
  startPlay,
  toldOf,
  until,
} from "./cloud";

/** Gathering takes a second, and the relay its time: hints promise two. A machine that is busy may take one more. */
const HEALED_MS = 3_000;
/** More calls than any send makes. */
const CALLS = 40;

let play: Play;
beforeAll(async () => {
  play = await startPlay();
});
afterAll(async () => {
  await play?.end();
});

const crash = (...rules: readonly { function: string; call: number; when: string }[]) =>
  play.cloud.weather.set({ functions: { crash: rules.map((rule) => ({ ...rule, times: 1 })) } });
const fairWeather = () => play.cloud.weather.set({});

/** Says it once for each point at which the function can end, until it no longer does. Answers how many there were. */
async function sayAtEachPoint(
  saying: () => Promise<Frame | "ended">,
  when: "before" | "after",
): Promise<number> {
  for (let call = 1; call < CALLS; call += 1) {
    crash({ function: "Frames", call, when });
    const answer = await saying();
    if (answer !== "ended") {
      expect(answer).toMatchObject({ type: "ok" });
      return call - 1;
    }
  }
  throw new Error(`unable to come to an end; the function makes more than ${CALLS} calls`);
}

/** Whether everything in the log was told, and every amendment has had its effect. */
async function healed(writer: Peer, other: Peer, conversation: string): Promise<number> {
  fairWeather();
  const log = await logOf(writer, conversation);
  const tookMs = await until("the other is told of all that stands in the log", () => {
    const told = new Set(toldOf(other, conversation).map(({ seq }) => seq));
    return log.every(({ seq }) => told.has(seq));
  });
  const now = await logOf(writer, conversation);
  for (const entry of now) {
    const target = now.find(({ seq }) => seq === entry["target"]);
    if (target) expect(target, JSON.stringify(entry)).toMatchObject(changedBy(entry));
  }
  return tookMs;
}

function changedBy({ kind, seq, body, from }: Entry): object {
  if (kind === "edit") return { kind: "message", body, edited: { seq } };
  if (kind === "delete") return { kind: "erased" };
  return { reactions: { [String(from)]: { seq } } };
}

/** Of both members. */
async function floorsOf(conversation: string): Promise<readonly number[]> {
  const [, ...members] = conversation.split(".");
  const rows = await Promise.all(
    members.map((user) =>
      engine(play.cloud, "TablesInbox", "GetItem", {
        Key: { user: { S: user }, conversation: { S: conversation } },
        ConsistentRead: true,
      }),
    ),
  );
  return rows.map(({ Item: item }) => Number((item as { floor?: { N: string } } | undefined)?.floor?.N));
}

describe("a function that ends at any of its calls", () => {
  let ada: Peer;
  let grace: Peer;
  beforeAll(async () => {
    ada = await arrive(play.cloud, "Ada");
    grace = await arrive(play.cloud, "Grace");
  });

  const amendments: Readonly<Record<string, (target: number) => Frame>> = {
    "an edit": (target) => ({ kind: "edit", id: newId(), target, body: { text: `version of ${target}` } }),
    "a delete": (target) => ({ kind: "delete", id: newId(), target }),
    "a reaction": (target) => ({ kind: "reaction", id: newId(), target, emoji: "👍" }),
  };

  describe.each(["before", "after"] as const)("%s it was done", (when) => {
    it("leaves a message that the other hears of in time", async () => {
      const conversation = await open(ada, grace);
      let spoken = 0;

      const points = await sayAtEachPoint(
        () => say(ada, conversation, message(`word ${(spoken += 1)}`)),
        when,
      );

      // The log, the put, the devices of both, the push.
      expect(points).toBeGreaterThanOrEqual(5);
      expect(await healed(ada, grace, conversation)).toBeLessThan(HEALED_MS);
    });

    it.each(Object.keys(amendments))("leaves %s that is carried out and told in time", async (name) => {
      // Somebody new: no more than sixty entries in ten seconds.
      const eve = await arrive(play.cloud, "Eve");
      const conversation = await open(eve, grace);
      fairWeather();
      await say(eve, conversation, ...Array.from({ length: 20 }, (_, index) => message(`${index + 1}`)));
      let target = 0;
      const amend = amendments[name];

      const points = await sayAtEachPoint(
        () => say(eve, conversation, amend ? amend((target += 1)) : {}),
        when,
      );

      expect(points).toBeGreaterThanOrEqual(6);
      expect(await healed(eve, grace, conversation)).toBeLessThan(HEALED_MS);
    });
  });

  it("leaves a first message whose floor stands above it", async () => {
    const floors: number[] = [];
    for (let call = 1, isOver = false; !isOver && call < CALLS; call += 1) {
      const eve = await arrive(play.cloud, "Eve");
      const conversation = await open(eve, grace);
      crash({ function: "Frames", call, when: "after" });
      isOver = (await say(eve, conversation, message("hello"))) !== "ended";
      await healed(eve, grace, conversation);
      if ((await logOf(eve, conversation)).length > 0) floors.push(...(await floorsOf(conversation)));
    }

    expect(floors.length).toBeGreaterThan(3);
    expect(floors.filter((floor) => !(floor > 1))).toEqual([]);
  });
});

describe("a relay that ends at any of its calls", () => {
  it("comes again, and what it was to do is done once", async () => {
    const [ada, grace] = [await arrive(play.cloud, "Ada"), await arrive(play.cloud, "Grace")];
    const conversation = await open(ada, grace);
    await say(ada, conversation, ...Array.from({ length: 12 }, (_, index) => message(`${index + 1}`)));
    let target = 0;
    // Calls of the relay: carried out, two rows, the devices of both, the log, the push.
    for (const when of ["before", "after"] as const)
      for (let call = 1; call <= 6; call += 1) {
        crash({ function: "Frames", call: 5, when: "before" }, { function: "Relay", call, when });
        await say(ada, conversation, { kind: "reaction", id: newId(), target: (target += 1), emoji: "👍" });
        await healed(ada, grace, conversation);
      }

    expect(await logOf(grace, conversation)).toHaveLength(24);
    expect(play.cloud.queues.arns.map((arn) => play.cloud.queues.depth(arn).visible)).toEqual([0]);
  });
});
