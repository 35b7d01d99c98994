// Whether all is as it should be again: nothing waits, every tab is live, and each shows what the log says.

import type { ConversationId } from "../../../core/domain/ids";
import { isHidden } from "../checker/scene";
import type { LogEntry, Shown } from "../history/event";
import type { Tab } from "./tab";
import type { World } from "./world";

const STEP_MS = 250;

/** How long that took; undefined: it did not come to that. */
export async function heal(world: World, mostMs: number, whole: boolean): Promise<number | undefined> {
  const since = world.clock.now();
  for (let passedMs = 0; passedMs <= mostMs; passedMs += STEP_MS) {
    if (await isHealed(world, whole))
      return Math.max(0, world.clock.now() - Math.max(since, world.weather.landedAt));
    await world.clock.run(STEP_MS);
  }
  return undefined;
}

async function isHealed(world: World, whole: boolean): Promise<boolean> {
  return (await unhealed(world, whole)) === undefined;
}

/** The first thing that is not as it should be. */
export async function unhealed(world: World, whole: boolean): Promise<string | undefined> {
  const logs = new Map(world.conversations.map((conversation) => [conversation, world.log(conversation)]));
  for (const tab of world.tabs) {
    if (!tab.isUp) return `${tab.name} is not live`;
    for (const conversation of world.conversationsOf(tab.user)) {
      const log = logs.get(conversation) ?? [];
      const isComplete = whole || tab.looking === conversation;
      const why = isComplete
        ? differs(tab, conversation, log)
        : lags(tab, conversation, toldOf(tab, conversation, log));
      if (why !== undefined) return `${tab.name}: ${why}`;
    }
    if (tab.client.storage.getSnapshot().is === "kept") {
      const waiting = (await tab.browser.store.outbox()).find(({ state }) => state.is === "waiting");
      if (waiting) return `${tab.name}: ${waiting.kind} ${waiting.id} waits`;
    }
  }
  return undefined;
}

/** What nobody looks at is caught up on when it is told of. */
const toldOf = (tab: Tab, conversation: ConversationId, log: readonly LogEntry[]): readonly LogEntry[] =>
  log.filter(({ seq }) => seq <= (tab.told.get(conversation) ?? 0));

function lags(tab: Tab, conversation: ConversationId, log: readonly LogEntry[]): string | undefined {
  const last = log.filter((entry) => !isHidden(entry)).at(-1)?.seq ?? 0;
  const shown =
    tab.screen
      .entries(conversation)
      .filter(({ seq }) => seq !== undefined)
      .at(-1)?.seq ?? 0;
  return shown < last ? `shows up to ${shown} of ${last}` : undefined;
}

function differs(tab: Tab, conversation: ConversationId, log: readonly LogEntry[]): string | undefined {
  const late = lags(tab, conversation, log);
  if (late !== undefined) return late;
  const view = tab.screen.entries(conversation);
  const bySeq = new Map(log.map((entry) => [entry.seq, entry]));
  const wrong = view.find((shown) => !agrees(shown, bySeq.get(shown.seq ?? 0)));
  return wrong && `shows ${wrong.id}@${wrong.seq} ${wrong.tick}`;
}

function agrees(shown: Shown, stands: LogEntry | undefined): boolean {
  if (shown.seq === undefined) return shown.tick === "failed";
  if (!stands) return false;
  if (stands.kind === "erased") return shown.kind === "deleted";
  return shown.text === stands.text && String(shown.reactions ?? []) === String(stands.reactions ?? []);
}
