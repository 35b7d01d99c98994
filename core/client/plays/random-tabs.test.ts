// Random talk from the tabs of one browser, whose tabs hang, crash, sleep, are hidden, are loaded again and are opened
// again, on a bad line and a slow disk. Whatever a tab shows is a contiguous stretch of the log and then what waits, nothing twice, and no tick
// falls; in the end every message is in the log once, in the order of its tab, and all tabs show the same.

import { describe, expect, it } from "vitest";
import { NO_SEQ, type ConversationId } from "../../domain/ids";
import { below, seededRandom } from "../../testing/seeded-random";
import type { Random } from "../../domain/ports/clock";
import { browserAndPhone } from "./cast";
import type { Player } from "./player";
import { slowDisk, type PageStore } from "./slow-disk";
import { FINE, type Weather } from "./stage";
import type { ClientStore } from "../ports/store";

/** In the last of them a message was stored again so late that it was never sent. */
const SEEDS = [...Array.from({ length: 40 }, (_, index) => index + 1), 322];
const STEPS = 80;
const SLOWEST_WRITE_MS = 400;
/** A page that is loaded again shows what its leader knows. A leader after one that hung may know less than the disk. */
const SETTLED_MS = 10_000;
const RANKS = ["waiting", "sent", "delivered", "read"];

const rough =
  (random: Random): Weather =>
  () => {
    if (random() < 0.05) return [];
    const delayMs = random() < 0.2 ? 5 + below(random, 1_500) : 5 + below(random, 20);
    return random() < 0.1 ? [delayMs, delayMs + 40] : [delayMs];
  };

/** `ranks`: how far each message had come on this tab, also on a page that it showed before. */
function watch(tab: Player, talk: ConversationId, faults: string[], ranks: Map<string, number>): void {
  tab.client.timeline(talk).subscribe(() => {
    const entries = tab.entries(talk);
    const placed = entries.filter(({ seq }) => seq !== undefined);
    if (!placed.every((entry, index) => entry.seq === placed[0]!.seq! + index))
      faults.push(`not a stretch: ${entries.map(({ seq }) => seq).join()}`);
    if (!entries.slice(placed.length).every(({ seq, mine }) => seq === undefined && mine))
      faults.push("what waits is not on top");
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
  const random = seededRandom(seed);
  const disk = seededRandom(seed + 1_000);
  const writeMs = () => (disk() < 0.3 ? below(disk, SLOWEST_WRITE_MS) : 0);
  const pages = new Map<ClientStore, PageStore>();
  const { stage, grace, profile, first, talk } = await browserAndPhone(seed, ({ clock }) => {
    let openPage: (() => PageStore) | undefined;
    return (store) => {
      openPage ??= slowDisk(store, clock, writeMs);
      const page = openPage();
      pages.set(page, page);
      return page;
    };
  });
  const faults: string[] = [];
  const written = new Map<string, string[]>([["grace", []]]);
  /** What the disk had before the page was loaded again. */
  const taken = new Set<string>();
  const tabs: { readonly name: string; readonly tab: Player }[] = [];

  const ranks = new Map<Player, Map<string, number>>();
  const enter = (tab: Player) => {
    const name = `tab${written.size}`;
    written.set(name, []);
    tabs.push({ name, tab });
    tab.client.timeline(talk);
    tab.line.weather = rough(random);
    ranks.set(tab, new Map());
    watch(tab, talk, faults, ranks.get(tab)!);
  };
  let hungUntil = -Infinity;
  const hang = (tab: Player) => {
    hungUntil = Infinity;
    tab.freeze();
  };
  const thawAll = () => {
    hungUntil = Math.min(hungUntil, stage.clock.now());
    for (const { tab } of tabs) tab.thaw();
  };
  const loadAgain = async (tab: Player) => {
    if (!tab.isRunning) return;
    pages.get(tab.store)?.abandon();
    const isTold = !profile.leading().includes(tab) || stage.clock.now() < hungUntil + SETTLED_MS;
    if (isTold) ranks.get(tab)!.clear();
    const loaded = tab.reload();
    watch(tab, talk, faults, ranks.get(tab)!);
    await loaded;
    tab.client.timeline(talk);
  };
  enter(first);
  enter(await profile.open());
  enter(await profile.open());
  grace.line.weather = rough(random);

  const at = () => below(random, tabs.length);
  const one = () => tabs[at()]!.tab;
  /** Each as often as its number, of a hundred. */
  const ACTS: readonly (readonly [number, (index: number) => void | Promise<void>])[] = [
    [36, (index) => write(tabs[at()]!, index)],
    [10, (index) => say("grace", grace, index)],
    [10, () => hang(one())],
    [14, () => thawAll()],
    [6, () => change(one(), "awake")],
    [6, () => change(one(), "visible")],
    [4, () => one().cut()],
    [4, () => crash(at())],
    [4, () => loadAgain(one())],
    [3, async () => (tabs.length < 5 ? enter(await profile.open()) : undefined)],
    [3, () => stage.clock.sleep(below(random, 600_000))],
  ];
  const say = (name: string, player: Player, index: number) => {
    const text = `${name}-${index}`;
    written.get(name)!.push(text);
    const page = player.client;
    // The clock runs on for a page that was left, but its answers reach nobody.
    void page.send(talk, text).then(({ is }) => is === "ok" && page === player.client && taken.add(text));
  };
  /** A tab that does not show the conversation yet has no field to write in. */
  const write = ({ name, tab }: (typeof tabs)[number], index: number) => {
    if (tab.isRunning && tab.client.timeline(talk).getSnapshot()) say(name, tab, index);
  };
  const change = (tab: Player, what: "awake" | "visible") => tab.surroundings({ [what]: !tab[what] });
  const crash = (index: number) => {
    if (tabs.length > 1) profile.crash(tabs.splice(index, 1)[0]!.tab);
  };

  for (let index = 0; index < STEPS; index += 1) {
    let chance = below(random, 100);
    await ACTS.find(([weight]) => (chance -= weight) < 0)?.[1](index);
    await stage.clock.run(below(random, 900));
  }

  for (const { tab } of tabs) {
    tab.thaw();
    tab.line.weather = FINE;
    tab.surroundings({ awake: true, visible: true });
    tab.cut();
  }
  grace.line.weather = FINE;
  grace.cut();
  await stage.clock.run(65_000);
  for (const { tab } of tabs)
    for (let step = 0; step < 5; step += 1) {
      void tab.client.loadOlder(talk);
      await stage.clock.run(100);
    }
  const log = await stage.world.log.readFrom(talk, NO_SEQ, 10_000);
  const texts = log.map((entry) => (entry.kind === "message" ? entry.body.text : entry.kind));
  return { stage, profile, grace, tabs, talk, written, taken, faults, texts };
}

describe("random talk from the tabs of one browser", () => {
  it.each(SEEDS)("ends well with seed %i", async (seed) => {
    const { stage, profile, grace, tabs, talk, written, taken, faults, texts } = await play(seed);

    expect(faults).toEqual([]);
    expect(stage.problems).toEqual([]);
    for (const [name, own] of written) {
      const kept = own.filter((text) => taken.has(text) || texts.includes(text));
      expect(texts.filter((text) => text.startsWith(`${name}-`))).toEqual(kept);
    }
    for (const player of [grace, ...tabs.map(({ tab }) => tab)]) {
      expect(player.texts(talk)).toEqual(texts);
      expect(player.connection).toBe("live");
    }
    expect(await profile.store.outbox()).toEqual([]);
    expect(profile.leading()).toHaveLength(1);
  });
});
