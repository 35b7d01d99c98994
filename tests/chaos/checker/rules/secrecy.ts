// No frame with a conversation's content reaches anyone but its members; after a block is acknowledged nothing from
// the blocked person lands, and no typing, presence or ticks cross it.

import type { HistoryEvent, LogEntry } from "../../history/event";
import type { Frame } from "../frame";
import type { MakeRule } from "../rule";
import { membersOf, peerOf, type Of } from "../scene";

/** A function that was already running may say something for so long, and a line may carry it for so long. */
const STILL_UNDER_WAY_MS = 29_000 + 31_000;
const isTurn = (kind: string) => kind === "closed" || kind === "opened";
const TICKED = ["delivered", "read"];

export const secrecy: MakeRule = (scene, tally) => {
  /** Since when each conversation is known to be closed. */
  const closedAt = new Map<string, number>();
  const wants = new Map<string, "block" | "unblock">();
  const acquainted = new Set<string>();
  const wasClosed = new Map<string, boolean>();
  const ticks = new Map<string, string>();

  function heard(event: Of<"heard">, frame: Frame): void {
    const user = scene.userOf(event.tab);
    for (const conversation of frame.conversations)
      tally.check(
        membersOf(conversation).includes(user),
        () => `${frame.name} of ${conversation} reached ${event.tab}`,
      );
    if (frame.name === "presence" && frame.user !== undefined) {
      const other = frame.user;
      tally.check(acquainted.has(`${user} ${other}`), () => `${event.tab} heard of ${scene.nameOf(other)}`);
    }
    turned(event, frame, user);
    crossed(event, frame, user);
  }

  /** An acknowledged block. Its end may have been asked for before that, and be in the log by now. */
  function turned(event: Of<"heard">, frame: Frame, user: string): void {
    const conversation = scene.askedAbout(event.socket, frame);
    if (conversation === undefined) return;
    for (const { seq } of frame.appended) {
      const entry = scene.log(conversation).bySeq.get(seq);
      if (entry?.from !== user || wants.get(`${conversation} ${user}`) !== "block") continue;
      if (entry.kind === "closed") closedAt.set(conversation, closedAt.get(conversation) ?? event.at);
    }
  }

  function crossed(event: Of<"heard">, frame: Frame, user: string): void {
    if (frame.ref !== undefined || frame.user === undefined || frame.user === user) return;
    const other = frame.user;
    const conversation =
      frame.conversation ??
      [...closedAt.keys()].find((one) => peerOf(one, user) === other && membersOf(one).includes(user));
    const since = conversation === undefined ? undefined : closedAt.get(conversation);
    if (since === undefined) return;
    tally.check(
      event.at <= since + STILL_UNDER_WAY_MS,
      () =>
        `${frame.name} of ${scene.nameOf(other)} reached ${event.tab} ${event.at - since} ms after a block`,
    );
  }

  function view(event: Of<"view">): void {
    const key = `${event.tab} ${event.conversation}`;
    if (event.closed)
      tally.check(
        !event.typing && event.presence === undefined,
        () => `${event.tab} shows the other's presence or typing across a block`,
      );
    const turn = scene
      .view(event.tab, event.conversation)
      .filter(({ kind }) => isTurn(kind))
      .at(-1);
    // Before its place in the log is known, nobody but this device knows of a block.
    const isClosed = event.closed && turn?.seq !== undefined;
    for (const { id, tick, from } of event.entries) {
      // Of one that was deleted here, and comes back because a block was faster, the ticks of meanwhile are shown then.
      if (tick === undefined) ticks.delete(`${key} ${from} ${id}`);
      if (tick === undefined) continue;
      const before = ticks.get(`${key} ${from} ${id}`);
      ticks.set(`${key} ${from} ${id}`, tick);
      if (isClosed && wasClosed.get(key) && before !== undefined && TICKED.includes(tick))
        tally.check(
          // One that gets its place only now shows the marks that were known before the block.
          before === tick || before === "read" || before === "waiting",
          () => `${event.tab} sees ${id} rise to ${tick} across a block`,
        );
    }
    wasClosed.set(key, isClosed);
  }

  function opened(event: HistoryEvent): void {
    if (event.is === "op" && (event.what === "block" || event.what === "unblock")) {
      wants.set(`${event.conversation} ${scene.userOf(event.tab)}`, event.what);
      if (event.what === "unblock") closedAt.delete(event.conversation);
    }
    if (event.is === "op" || event.is === "view") {
      const [one, other] = membersOf(event.conversation);
      acquainted.add(`${one} ${other}`).add(`${other} ${one}`);
    }
  }

  return {
    on: (event, frame) => {
      opened(event);
      if (event.is === "heard" && frame) heard(event, frame);
      else if (event.is === "view") view(event);
      else if (event.is === "tab") {
        // A page that begins anew has forgotten what it drew, and loads older messages when somebody looks back.
        for (const seen of [wasClosed, ticks])
          for (const key of seen.keys()) if (key.startsWith(`${event.tab} `)) seen.delete(key);
      }
    },
    end: () => {
      for (const [conversation, { entries }] of scene.allLogs()) judgeBlocks(conversation, entries);
    },
  };

  function judgeBlocks(conversation: string, entries: readonly LogEntry[]): void {
    const closers = new Set<string>();
    for (const { kind, from, seq } of entries) {
      if (kind === "closed") closers.add(from);
      else if (kind === "opened") closers.delete(from);
      else
        tally.check(closers.size === 0, () => `${kind} at ${seq} of ${conversation} landed behind a block`);
    }
  }
};
