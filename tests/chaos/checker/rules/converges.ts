// When the faults are over, outboxes are empty or say why not, and all views agree. A message that a device has taken
// is in the log, or waits where its person sees it: it is never nowhere.

import type { Shown } from "../../history/event";
import type { MakeRule } from "../rule";
import { isHidden, membersOf, type FinalLog, type Of } from "../scene";

/** Sixty seconds until somebody looks again, and five for the answer. */
export const HEALING_MS = 65_000;
/** Where nothing is wrong, what is said is there: half a second for a gap, and the way there and back. */
export const PROMPT_MS = 2_000;

export const converges: MakeRule = (scene, tally) => {
  const told = new Map<string, number>();
  const taken = new Map<number, Of<"op">>();
  const accepted = new Map<number, string>();
  const goneOnPurpose = new Set<string>();
  const failedStores = new Set<string>();
  const failedItems = new Set<string>();

  function rest(event: Of<"rest">): void {
    tally.check(
      event.healedMs !== undefined && event.healedMs <= HEALING_MS,
      () => `after ${HEALING_MS / 1_000} s something is still not as it should be`,
    );
    for (const [tab, { user }] of scene.tabs)
      for (const [conversation, log] of scene.allLogs()) {
        if (!membersOf(conversation).includes(user)) continue;
        const view = scene.view(tab, conversation);
        const complete = event.whole || event.looked[tab] === conversation;
        const upTo = complete
          ? (event.tails?.[conversation] ?? log.tail)
          : (told.get(`${tab} ${conversation}`) ?? 0);
        tally.check(reaches(log, view, upTo), () => `${tab} does not show ${conversation} up to ${upTo}`);
        if (complete) agree(tab, log, view);
      }
  }

  function prompt({ tab, tookMs, when }: Of<"prompt">): void {
    tally.check(
      tookMs !== undefined && tookMs <= PROMPT_MS,
      () =>
        `${tab} showed ${tookMs === undefined ? "nothing" : `only after ${tookMs} ms`} what was said ${when}`,
    );
  }

  function agree(tab: string, log: FinalLog, view: readonly Shown[]): void {
    for (const entry of view) {
      const stands = entry.seq === undefined ? undefined : log.bySeq.get(entry.seq);
      const says = stands ? saysTheSame(entry, stands) : entry.tick === "failed";
      tally.check(
        says,
        () => `${tab} shows ${entry.id}@${entry.seq} (${entry.tick ?? entry.kind}) other than the log`,
      );
    }
  }

  function neverNowhere(): void {
    for (const [op, id] of accepted) {
      const event = taken.get(op);
      if (event?.what !== "send") continue;
      const { conversation, tab } = event;
      const profile = profiles.get(tab);
      if (!profile || failedStores.has(profile.profile)) continue;
      const key = `${conversation} ${profile.user} ${id}`;
      const isSomewhere =
        scene.log(conversation).seqOf(profile.user, id) !== undefined ||
        goneOnPurpose.has(key) ||
        failedItems.has(`${profile.profile} ${conversation} ${id}`);
      tally.check(isSomewhere, () => `${id}, which ${tab} has taken, is in no log and no outbox`);
    }
  }

  const profiles = new Map<string, { readonly profile: string; readonly user: string }>();
  function onOperation(event: Of<"op">): void {
    taken.set(event.op, event);
    if (event.what === "discard" || event.what === "delete")
      goneOnPurpose.add(`${event.conversation} ${scene.userOf(event.tab)} ${event.id}`);
  }

  function onOutbox({ profile, items }: Of<"outbox">): void {
    for (const { id, conversation, state } of items) {
      tally.check(state === "failed", () => `${id} still waits in the outbox of ${profile}`);
      if (state === "failed") failedItems.add(`${profile} ${conversation} ${id}`);
    }
  }

  return {
    on: (event, frame) => {
      if (event.is === "tab") profiles.set(event.tab, event);
      else if (event.is === "heard") {
        if (frame?.name !== "entries" && frame?.name !== "entry") return;
        for (const { conversation, seq } of frame.entries) raise(told, `${event.tab} ${conversation}`, seq);
      } else if (event.is === "op") onOperation(event);
      else if (event.is === "answered") {
        if (event.answer === "ok" && event.id !== undefined) accepted.set(event.op, event.id);
      } else if (event.is === "store-failed") failedStores.add(event.profile);
      else if (event.is === "rest") rest(event);
      else if (event.is === "prompt") prompt(event);
      else if (event.is === "outbox") onOutbox(event);
    },
    end: neverNowhere,
  };
};

/** Whether the last line of the log up to there is the last that is shown, or below it. */
function reaches(log: FinalLog, view: readonly Shown[], upTo: number): boolean {
  const wanted = log.shown.filter(({ seq }) => seq <= upTo).at(-1)?.seq ?? 0;
  const highest = view.reduce((most, { seq }) => Math.max(most, seq ?? 0), 0);
  return highest >= wanted;
}

function saysTheSame(entry: Shown, stands: FinalLog["entries"][number]): boolean {
  if (isHidden(stands)) return false;
  if (stands.kind === "erased") return entry.kind === "deleted";
  return (
    entry.kind === stands.kind &&
    entry.text === stands.text &&
    JSON.stringify(entry.reactions ?? []) === JSON.stringify(stands.reactions ?? [])
  );
}

function raise(map: Map<string, number>, key: string, seq: number): void {
  map.set(key, Math.max(map.get(key) ?? 0, seq));
}
