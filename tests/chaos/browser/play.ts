// Two people in two browsers, each with a profile of their own, talk through the app as it is deployed, while networks
// are cut, pages loaded again and the cloud under them is disturbed and killed. What the pages show, store, say and
// hear is judged by the checker, against the log as it stands in the table.

import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { directConversation } from "../../../core/domain/conversation";
import { isUserId, type UserId } from "../../../core/domain/ids";
import { below } from "../../../core/testing/seeded-random";
import { at } from "../../e2e/people";
import { chromiumArguments, findChromium } from "../../fixtures/chromium";
import { check } from "../checker/check";
import { isGreen } from "../checker/verdict";
import type { HistoryEvent, LogEntry } from "../history/event";
import { Recorder } from "../history/recorder";
import { chancesOf, oneOf } from "../simulation/chances";
import { Names } from "../simulation/names";
import { drawn } from "../system/plan";
import { healedOf, sentenceOf, type Healing } from "../system/healing";
import { problemsIn } from "../system/problems";
import { reportOf, type Report } from "../system/report";
import { Skies } from "../system/skies";
import { Undoing } from "../system/undoing";
import { writeAll } from "../system/write";
import { BROWSER_FAULTS } from "./browser-faults";
import type { BrowserOptions } from "./options";
import { RunningCloud } from "./running-cloud";
import { Seat, type TabTold } from "./seat";
import type { Row } from "./told";
import { historyOf, type Sent } from "./written-down";

const LONGEST_PAUSE_MS = 500;
const LOOK_EVERY_MS = 100;
/** More than the promise allows, to see by how much it was missed. */
const PATIENCE_MS = 120_000;
/** What a page tells last comes a moment after. */
const TELLING_MS = 500;

const BROWSER = { name: "browser", title: "Two browsers", command: "npm run chaos:browser --" };

export type Outcome = { readonly isGreen: boolean; readonly report: Report };

export async function playInBrowsers(options: BrowserOptions, say: (line: string) => void): Promise<Outcome> {
  const startedAt = performance.now();
  mkdirSync(options.outDir, { recursive: true });
  const cloud = new RunningCloud();
  const before = problemsOf(cloud);
  const browser = await chromium.launch({ ...findChromium(), args: chromiumArguments });
  try {
    const stage = new Stage(options.seed, cloud);
    const script = await bundle();
    for (const name of ["ada", "grace"])
      stage.seats.push(await Seat.arrive(browser, { baseURL: at.appAddress, script }, name, stage.hear));
    await stage.meet();
    await stage.talk(options);
    const healing = await stage.calm();
    say(`  ${sentenceOf(healing)}`);
    await stage.tellEnd(problemsOf(cloud).filter((problem) => !before.includes(problem)));
    const history = stage.history();
    const verdict = check(history);
    const used = [...cloud.used, await cloud.control.meter()];
    const tookMs = Math.round(performance.now() - startedAt);
    const report = reportOf({ options, history, verdict, healings: [healing], used, tookMs });
    writeAll(options, report, history, say, BROWSER);
    return { isGreen: isGreen(verdict), report };
  } finally {
    await browser.close();
    await cloud.setWeather({});
  }
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "witness.ts")],
    bundle: true,
    write: false,
    format: "iife",
  });
  return outputFiles[0]?.text ?? "";
}

function problemsOf({ logsDir }: RunningCloud): readonly string[] {
  return readdirSync(logsDir).flatMap((name) =>
    problemsIn(readFileSync(join(logsDir, name), "utf8")).map((why) => `${name}: ${why}`),
  );
}

class Stage {
  readonly seats: Seat[] = [];
  private readonly recorder = new Recorder(() => Date.now());
  private readonly names = new Names();
  private readonly told: TabTold[] = [];
  private readonly rows = new Map<string, readonly Row[]>();
  private readonly sent: Sent[] = [];
  private readonly skies: Skies;
  private readonly undoing = new Undoing();
  private readonly striking = new Set<Promise<unknown>>();
  private entries: readonly LogEntry[] = [];

  constructor(
    private readonly seed: number,
    private readonly cloud: RunningCloud,
  ) {
    this.skies = new Skies(cloud, seed);
    this.recorder.tell({ is: "begin", layer: "browser", subject: "parley", seed });
  }

  readonly hear = (told: TabTold): void => {
    this.told.push(told);
    if (told.is === "begun") this.rows.delete(told.tab);
    if (told.is === "shows") this.rows.set(told.tab, told.rows);
  };

  async meet(): Promise<void> {
    const [ada, grace] = this.pair;
    for (const { user, name } of this.seats) {
      this.names.add(userOf(user), name);
      this.recorder.tell({ is: "person", user, handle: name });
    }
    await ada.begin(grace.talker.handle);
    await this.write(ada, "0 by ada");
    await grace.join("ada");
    await this.write(grace, "0 by grace");
  }

  async talk({ messages, faults }: BrowserOptions): Promise<void> {
    let struck = 0;
    for (let index = 1; index <= messages; index += 1) {
      const random = chancesOf(this.seed, `message ${index}`);
      await pause(below(random, LONGEST_PAUSE_MS));
      const seat = oneOf(random, this.seats);
      await this.write(seat, `${index} by ${seat.name}`);
      for (; struck < Math.floor((index * faults) / messages); struck += 1) this.strike(struck);
    }
  }

  async calm(): Promise<Healing> {
    const { recorder, skies, undoing, cloud } = this;
    undoing.all();
    await Promise.all(this.striking);
    undoing.all();
    await skies.clear();
    await cloud.back();
    for (const seat of this.seats) await seat.offline(false);
    recorder.tell({ is: "calm" });
    const healing = await this.heal();
    await pause(TELLING_MS);
    const looked = Object.fromEntries(
      this.seats.flatMap(({ tabs }) => [...tabs.keys()].map((tab) => [tab, this.conversation] as const)),
    );
    recorder.tell({ is: "rest", whole: false, ...healedOf(healing), looked });
    return healing;
  }

  async tellEnd(problems: readonly string[]): Promise<void> {
    const { recorder, conversation, cloud } = this;
    for (const seat of this.seats) {
      recorder.tell({ is: "outbox", profile: seat.name, items: (await seat.outbox()).map(left) });
      const marks = await cloud.tables.marks(userOf(seat.user), conversation);
      if (marks) recorder.tell({ is: "inbox", user: seat.user, conversation, ...marks });
      await seat.close();
    }
    this.entries = await this.log();
    recorder.tell({ is: "log", conversation, entries: this.entries });
    recorder.tell({ is: "dead-letters", found: await cloud.control.deadLetters(), planted: 0 });
    for (const why of problems) recorder.tell({ is: "problem", ours: true, why });
  }

  history(): readonly HistoryEvent[] {
    const users = new Map(this.seats.map(({ name, user }) => [name, user]));
    const { conversation, entries, told, sent } = this;
    return historyOf({ conversation, users, log: entries, events: this.recorder.events, told, sent });
  }

  private get pair(): readonly [Seat, Seat] {
    const [one, other] = this.seats;
    if (!one || !other) throw new Error("unable to begin; somebody is missing");
    return [one, other];
  }

  private get conversation() {
    const [one, other] = this.pair;
    return directConversation(userOf(one.user), userOf(other.user));
  }

  private async log(): Promise<readonly LogEntry[]> {
    const entries = await this.cloud.tables.log(this.conversation);
    return entries.map((entry) => this.names.logEntry(entry));
  }

  private async write(seat: Seat, text: string): Promise<void> {
    const { recorder, conversation } = this;
    await seat.write(text, (tab) => {
      const op = recorder.nextOperation();
      this.sent.push({ op, tab, text });
      recorder.tell({ is: "op", op, tab, what: "send", conversation, text });
    });
  }

  private strike(index: number): void {
    const random = chancesOf(this.seed, `fault ${index}`);
    const fault = drawn(
      random,
      BROWSER_FAULTS.map((one) => [one.weight, one] as const),
    );
    const { recorder, seats, skies, cloud } = this;
    const told = (what: string) => recorder.tell({ is: "fault", kind: fault.kind, what });
    const scene = {
      world: { cloud },
      skies,
      random,
      told,
      seats,
      tell: recorder.tell,
      undo: this.undoing.after,
    };
    const done = Promise.resolve(fault.strike(scene));
    this.striking.add(done);
    void done.finally(() => this.striking.delete(done));
  }

  private async heal(): Promise<Healing> {
    const since = performance.now();
    let last: string | undefined;
    for (;;) {
      const why = await this.unhealed();
      const tookMs = Math.round(performance.now() - since);
      if (why === undefined) return { tookMs, ...(last === undefined ? {} : { last }) };
      last = why;
      if (tookMs > PATIENCE_MS) return { tookMs, why };
      await pause(LOOK_EVERY_MS);
    }
  }

  private async unhealed(): Promise<string | undefined> {
    // The engine may be coming back from being killed.
    const log = await this.log().catch(() => undefined);
    if (!log) return "the tables do not answer";
    const tail = log.at(-1);
    for (const seat of this.seats)
      for (const tab of seat.tabs.keys()) {
        const rows = this.rows.get(tab) ?? [];
        const waiting = rows.find(({ tick }) => tick === "waiting");
        if (waiting) return `${tab}: ${waiting.text} waits`;
        if (tail && !rows.some(({ key }) => key === `${tail.from} ${tail.id}`))
          return `${tab} does not show ${tail.text}`;
      }
    return undefined;
  }
}

const left = ({ id, conversation, kind, state }: Awaited<ReturnType<Seat["outbox"]>>[number]) => ({
  id,
  conversation,
  kind,
  state: state.is,
});

function userOf(text: string): UserId {
  if (!isUserId(text)) throw new RangeError(`unable to go on; ${text} is no user`);
  return text;
}
