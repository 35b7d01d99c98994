// Random talk, edits, deletes, reactions and blocks under random faults, the same for the same seed. When the faults
// are over, all devices show the same, which is what the log says; no outbox holds anything but what says why; and of
// what was deleted no text is left on any device, in its outbox, or on the server. And a person who has seen their own
// edit or delete never sees it come undone while it waits.

import { describe, expect, it } from "vitest";
import { hearersOf } from "../../domain/hearers";
import { seqOf, type ConversationId } from "../../domain/ids";
import type { Random } from "../../domain/ports/clock";
import { below, seededRandom } from "../../testing/seeded-random";
import type { MessageView } from "../views";
import { twoPeople } from "./cast";
import { Player } from "./player";
import { FINE, type Weather } from "./stage";

const SEEDS = 40;
const STEPS = 120;
const EMOJI = ["👍", "❤️", undefined];

const storm =
  (random: Random): Weather =>
  () => {
    const once = () => (random() < 0.2 ? 5 + below(random, 3_000) : 5 + below(random, 20));
    if (random() < 0.1) return [];
    return random() < 0.15 ? [once(), once()] : [once()];
  };

const shownBy = (player: Player, talk: ConversationId) =>
  player.entries(talk).map((entry) => {
    if (entry.kind !== "message") return [entry.kind, entry.id];
    const reactions = entry.reactions?.flatMap(({ emoji, users }) => users.map((user) => `${user} ${emoji}`));
    return [entry.id, entry.text, entry.edited !== undefined, reactions?.sort()];
  });

/** Own deletes stay deleted on the device that made them, whatever comes in. */
function watch(player: Player, talk: ConversationId, faults: string[]): void {
  const gone = new Set<string>();
  player.client.timeline(talk).subscribe(() => {
    for (const entry of player.entries(talk)) {
      if (entry.kind === "deleted" && entry.undoUntil === undefined) gone.add(entry.id);
      if (entry.kind === "message" && gone.has(entry.id)) faults.push(`${entry.text} came back`);
    }
  });
}

function amend(player: Player, talk: ConversationId, random: Random, index: number): void {
  const { client } = player;
  const messages = player.entries(talk).filter((entry): entry is MessageView => entry.kind === "message");
  const one = (among: readonly MessageView[]) => among.slice(-5)[below(random, Math.min(5, among.length))];
  const [any, own] = [one(messages), one(messages.filter(({ mine }) => mine))];
  const chance = random();
  if (chance < 0.36) void client.send(talk, `said ${index}.`);
  else if (chance < 0.58 && own) void client.edit(talk, own.id, `edit ${index}.`);
  else if (chance < 0.7 && own) void client.delete(talk, own.id);
  else if (chance < 0.87 && any) void client.react(talk, any, EMOJI[below(random, EMOJI.length)]);
  else if (chance < 0.91) void client.block(talk);
  else void client.unblock(talk);
}

function trouble(player: Player, chance: number): void {
  if (chance < 0.19) player.cut();
  else if (chance < 0.38) player.unplug();
  else if (chance < 0.81) player.heal();
  else player.surroundings({ online: !player.online });
}

async function play(seed: number) {
  const { stage, ada, grace, talk } = await twoPeople(seed);
  const random = seededRandom(seed);
  const phone = new Player(stage, ada.line.user);
  await phone.start();
  const players = [ada, grace, phone];
  const faults: string[] = [];
  for (const player of players) {
    watch(player, talk, faults);
    player.line.weather = storm(random);
  }

  for (let index = 0; index < STEPS; index += 1) {
    const player = players[below(random, players.length)]!;
    const chance = random();
    if (chance < 0.69) amend(player, talk, random, index);
    else if (chance < 0.9) trouble(player, random());
    else if (chance < 0.94) {
      await player.reload();
      if (player.client.timeline(talk).getSnapshot()) watch(player, talk, faults);
    }
    await stage.clock.run(below(random, 1_500));
  }

  for (const player of players) {
    player.line.weather = FINE;
    player.heal();
    player.surroundings({ online: true, visible: true });
    player.cut();
  }
  await stage.clock.run(65_000);
  for (let step = 0; step < 10; step += 1) {
    for (const player of players) void player.client.loadOlder(talk);
    await stage.clock.run(100);
  }
  return { stage, players, talk, faults, log: stage.world.log.entries(talk) };
}

describe("random amendments under random faults", () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))("end well with seed %i", async (seed) => {
    const { stage, players, talk, faults, log } = await play(seed);
    const server = log.flatMap((entry) => {
      if (entry.kind === "erased" && entry.was === "message") return [["deleted", entry.id]];
      if (entry.kind === "closed" || entry.kind === "opened") return [[entry.kind, entry.id]];
      if (entry.kind !== "message") return [];
      const reactions = Object.entries(entry.reactions ?? {})
        .flatMap(([user, one]) => (one?.emoji === undefined ? [] : [`${user} ${one.emoji}`]))
        .sort();
      const some = reactions.length > 0 ? reactions : undefined;
      return [[entry.id, entry.body.text, entry.edited !== undefined, some]];
    });

    const last = log.at(-1);
    const hearers = last ? await hearersOf(stage.world, last) : [];
    expect(faults).toEqual([]);
    expect(stage.problems).toEqual([]);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    expect(JSON.stringify(log)).not.toMatch(erasedTexts(log));
    for (const player of players) {
      const waiting = await player.store.outbox();
      expect(waiting.filter(({ state }) => state.is !== "failed")).toEqual([]);
      const failed = new Set<string>(waiting.map(({ id }) => id));
      const heard = hearers.includes(player.line.user) ? server : [];
      expect(shownBy(player, talk).filter((shown) => !failed.has(String(shown[0])))).toEqual(heard);
      const disk = JSON.stringify(await player.store.entriesBefore(talk, seqOf(10_000), 10_000));
      expect(disk).not.toMatch(erasedTexts(log));
    }
  });
});

/** Each text names the step that wrote it; those of the log's own messages and edits are all that may be anywhere. */
function erasedTexts(log: readonly { readonly kind: string }[]): RegExp {
  const alive = new Set(JSON.stringify(log).match(/(said|edit) \d+\./g));
  const others = Array.from({ length: STEPS }, (_, index) => [`said ${index}.`, `edit ${index}.`]).flat();
  const gone = others.filter((text) => !alive.has(text)).map((text) => text.replace(".", "\\."));
  return new RegExp(gone.join("|") || "nothing");
}
