// The naive chat under the same faults, judged by the same checker: so that the figures of ours mean something.

import { check } from "../checker/check";
import type { Verdict } from "../checker/verdict";
import type { History, LogEntry, Shown } from "../history/event";

import { chancesOf, oneOf } from "../simulation/chances";
import { kindOf, planOf, type Act } from "../simulation/plan";
import { PRODUCT } from "../simulation/pieces";
import { World } from "../simulation/world";
import { SIMULATED } from "../simulation/weather";
import { NaiveServer } from "./naive-server";
import { NaiveTab } from "./naive-tab";

export type Baseline = {
  readonly history: History;
  readonly verdict: Verdict;
  readonly sent: number;
  /** Taken by the page, and nowhere. */
  readonly lost: number;
  /** Lines that a device of either does not show in the end, though they are stored. */
  readonly unseen: number;
  readonly doubled: number;
  readonly misordered: number;
};

const CALM_MS = 75_000;

export async function playNaive(seed: number, messages: number): Promise<Baseline> {
  const world = new World(seed, new Set(SIMULATED), PRODUCT);
  const { recorder, weather, clock, gateway, points } = world;
  recorder.tell({ is: "begin", layer: "simulation", subject: "naive", seed });
  const server = new NaiveServer(world);
  gateway.serves(server);
  points.kills = (point) => weather.strikes("N6", 0.0015, `killed ${point}`);
  const [ada, grace] = [await world.person("ada"), await world.person("grace")];
  const talk = world.acquaint(ada, grace);
  const tabs = ["ada-laptop", "ada-phone", "grace-laptop", "grace-phone"].map(
    (name) => new NaiveTab(world, name, name.startsWith("ada") ? ada : grace, talk),
  );
  await clock.run(2_000);
  weather.rise();
  for (const act of planOf(seed, messages)) await perform(world, tabs, act);
  weather.settle();
  for (const { line } of tabs) line.alive = true;
  recorder.tell({ is: "calm" });
  await clock.run(CALM_MS);
  recorder.tell({ is: "rest", whole: false, healedMs: CALM_MS - 10_000, looked: looksAt(tabs) });
  const log = server
    .messages(talk)
    .map(({ id, from, text }, index): LogEntry => ({ seq: index + 1, id, from, kind: "message", text }));
  recorder.tell({ is: "log", conversation: talk, entries: log });
  const history = placed(recorder.events, log);
  return { history, verdict: check(history), ...counted(history, tabs, log) };
}

const looksAt = (tabs: readonly NaiveTab[]) =>
  Object.fromEntries(tabs.map(({ name, conversation }) => [name, conversation]));

async function perform(
  world: World,
  tabs: readonly NaiveTab[],
  { index, afterMs, deed }: Act,
): Promise<void> {
  const { clock, gateway, weather } = world;
  await clock.run(afterMs);
  const kind = kindOf(deed);
  if (kind && !weather.has(kind)) return;
  const random = chancesOf(world.seed, `act ${index}`);
  const tab = oneOf(random, tabs);
  if (deed.is === "reload") return tab.reload();
  if (deed.is === "operation") return deed.what === "send" ? tab.say(`${index} by ${tab.name}`) : undefined;
  if (deed.is !== "trouble" || !kind) return;
  switch (deed.what) {
    case "cut":
    case "keys":
    case "cutAtTwoHours":
      gateway.cut(tab.line);
      break;
    case "deaf":
      gateway.deafen(tab.line);
      break;
    case "wedge":
      gateway.wedge(tab.line);
      break;
    case "everyone":
      for (const { line } of tabs) gateway.cut(line);
      break;
    case "dark":
    case "unplug":
      tab.line.alive = false;
      clock.after(5_000, () => void (tab.line.alive = true));
      break;
    default:
      return;
  }
  weather.tell(kind, deed.what);
}

/** Its pages know no seqs: they are put in from where the message came to stand in the end. */
function placed(history: History, log: readonly LogEntry[]): History {
  const seqs = new Map(log.map(({ id, seq }) => [id, seq]));
  const withSeq = (shown: Shown): Shown => {
    const seq = seqs.get(shown.id);
    return seq === undefined ? shown : { ...shown, seq };
  };
  return history.map((event) =>
    event.is === "view" ? { ...event, entries: event.entries.map(withSeq) } : event,
  );
}

function counted(history: History, tabs: readonly NaiveTab[], log: readonly LogEntry[]) {
  const stored = new Map(log.map(({ id, seq }) => [id, seq]));
  const sent = history.flatMap((event) => (event.is === "answered" && event.id ? [event.id] : []));
  const sum = (count: (tab: NaiveTab) => number) => tabs.reduce((all, tab) => all + count(tab), 0);
  return {
    sent: sent.length,
    lost: sent.filter((id) => !stored.has(id)).length,
    unseen: sum(({ shown }) => log.filter(({ id }) => !shown.some((one) => one.id === id)).length),
    doubled: sum(({ shown }) => shown.length - new Set(shown.map(({ id }) => id)).size),
    misordered: sum(({ shown }) => {
      const seqs = shown.flatMap(({ id }) => stored.get(id) ?? []);
      return seqs.filter((seq, index) => seq < (seqs[index - 1] ?? 0)).length;
    }),
  };
}
