// Random talk under random faults, the same for the same seed. While it lasts each device shows a contiguous
// stretch of the log and then its own pending messages, nothing twice, and ticks that only rise. When the faults
// are over, everybody has the whole log, every message is in it once, and no outbox holds anything.

import { describe, expect, it } from "vitest";
import { NO_SEQ, seqOf, type ConversationId } from "../../domain/ids";
import { below, seededRandom } from "../../testing/seeded-random";
import type { Random } from "../../domain/ports/clock";
import { twoPeople } from "./cast";
import { Player } from "./player";
import { FINE, type Weather } from "./stage";

const SEEDS = 40;
const STEPS = 120;

const RANKS = ["waiting", "sent", "delivered", "read"];

/** One frame in ten is lost, one in seven comes twice, one in five is late. */
const storm =
  (random: Random): Weather =>
  () => {
    const once = () => (random() < 0.2 ? 5 + below(random, 3_000) : 5 + below(random, 20));
    if (random() < 0.1) return [];
    return random() < 0.15 ? [once(), once()] : [once()];
  };

/** Looks at every state that a screen could have drawn. */
function watch(player: Player, talk: ConversationId, faults: string[]): void {
  const ranks = new Map<string, number>();
  player.client.timeline(talk).subscribe(() => {
    const entries = player.entries(talk);
    const placed = entries.filter(({ seq }) => seq !== undefined);
    const isStretch = placed.every((entry, index) => entry.seq === placed[0]!.seq! + index);
    const isOnTop = entries.slice(placed.length).every(({ seq, mine }) => seq === undefined && mine);
    if (!isStretch || !isOnTop) faults.push(`not a stretch: ${entries.map(({ seq }) => seq).join()}`);
    if (new Set(entries.map(({ id }) => id)).size < entries.length) faults.push("the same id twice");
    for (const entry of entries) {
      if (entry.kind !== "message" || !entry.progress || entry.progress.is === "failed") continue;
      const rank = RANKS.indexOf(entry.progress.is);
      if (rank < (ranks.get(entry.id) ?? 0)) faults.push(`${entry.text} fell to ${entry.progress.is}`);
      ranks.set(entry.id, rank);
    }
  });
}

async function play(seed: number) {
  const { stage, ada, grace, talk } = await twoPeople(seed);
  const random = seededRandom(seed);
  const phone = new Player(stage, ada.line.user);
  await phone.start();
  const players = [ada, grace, phone];
  const written: string[][] = players.map(() => []);
  const faults: string[] = [];
  for (const player of players) {
    watch(player, talk, faults);
    player.line.weather = storm(random);
  }

  for (let index = 0; index < STEPS; index += 1) {
    const who = below(random, players.length);
    const player = players[who]!;
    const chance = random();
    if (chance < 0.5) {
      const text = `${who}-${index}`;
      written[who]!.push(text);
      void player.client.send(talk, text);
    } else if (chance < 0.6) player.client.shown(talk, seqOf(player.entries(talk).at(-1)?.seq ?? 0));
    else if (chance < 0.65) player.cut();
    else if (chance < 0.7) player.goDark();
    else if (chance < 0.75) player.unplug();
    else if (chance < 0.85) player.heal();
    else if (chance < 0.88) player.surroundings({ online: !player.online });
    else if (chance < 0.91) player.surroundings({ visible: !player.visible });
    else if (chance < 0.95) {
      await player.reload();
      if (players.every(({ client }) => client.timeline(talk).getSnapshot())) watch(player, talk, faults);
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
  const log = await stage.world.log.readFrom(talk, NO_SEQ, 10_000);
  return { stage, players, talk, written, faults, log };
}

describe("random talk under random faults", () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))("ends well with seed %i", async (seed) => {
    const { stage, players, talk, written, faults, log } = await play(seed);
    const texts = log.map((entry) => (entry.kind === "message" ? entry.body.text : entry.kind));

    expect(faults).toEqual([]);
    expect(stage.problems).toEqual([]);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    for (const [who, own] of written.entries())
      expect(texts.filter((text) => text.startsWith(`${who}-`))).toEqual(own);
    for (const player of players) {
      for (let step = 0; step < 10; step += 1) {
        void player.client.loadOlder(talk);
        await stage.clock.run(100);
      }
      expect(player.texts(talk)).toEqual(texts);
      expect(await player.store.outbox()).toEqual([]);
      const kept = await player.store.entriesBefore(talk, seqOf(10_000), 10_000);
      expect(kept.map(({ id }) => id)).toEqual(log.map(({ id }) => id));
    }
  });
});
