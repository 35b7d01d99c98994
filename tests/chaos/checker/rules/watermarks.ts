// read <= delivered <= tail, never falling; a tick never goes back; "delivered" means that a device of the other has
// it on disk (or that its person has seen it: a device whose store has failed shows all the same).

import type { MakeRule } from "../rule";
import { keyOf, membersOf, peerOf, type Of } from "../scene";

/** A tab that goes over to another one as its leader draws what that one knows, and hears the rest at once. */
const BLINK_MS = 50;
const RANKS = { failed: 0, waiting: 0, sent: 1, delivered: 2, read: 3 } as const;

export const watermarks: MakeRule = (scene, tally) => {
  const ranks = new Map<string, number>();
  /** Ticks that stand lower than they did. */
  const falls = new Map<string, { readonly from: number; readonly at: number; readonly why: string }>();
  /** Up to where a person's devices have stored, or shown, a conversation. */
  const reached = new Map<string, number>();
  const stood = new Map<string, { readonly delivered: number; readonly read: number }>();
  /** Who speaks without our client may claim what they like of themselves. */
  const liars = new Set<string>();

  /** What the disk has refused or lost, a page that is loaded again does not know. */
  const failedStores = new Set<string>();

  function loaded({ tab, profile, store }: Of<"tab">): void {
    if (store === "kept" && !failedStores.has(profile)) return;
    for (const seen of [ranks, falls])
      for (const key of seen.keys()) if (key.startsWith(`${tab} `)) seen.delete(key);
  }

  const reach = (user: string, conversation: string, upTo: number) => {
    const key = `${conversation} ${user}`;
    reached.set(key, Math.max(reached.get(key) ?? 0, upTo));
  };

  function view(event: Of<"view">): void {
    for (const { id, from, tick } of event.entries) {
      if (tick === undefined) continue;
      const key = `${event.tab} ${event.conversation} ${keyOf(from, id)}`;
      const fallen = falls.get(key);
      const [before, now] = [fallen?.from ?? ranks.get(key) ?? 0, RANKS[tick]];
      ranks.set(key, now);
      if (now < before)
        falls.set(
          key,
          fallen ?? { from: before, at: event.at, why: `${id} on ${event.tab} fell to ${tick}` },
        );
      else {
        if (fallen) falls.delete(key);
        tally.check(!fallen || event.at <= fallen.at + BLINK_MS, () => fallen?.why ?? "");
      }
      if (now >= RANKS.delivered && before < RANKS.delivered) evidence(event, from, id);
    }
  }

  function evidence({ conversation, tab }: Of<"view">, from: string, id: string): void {
    const peer = peerOf(conversation, from);
    const seq = scene.log(conversation).seqOf(from, id);
    if (seq === undefined || liars.has(peer)) return;
    const upTo = reached.get(`${conversation} ${peer}`) ?? 0;
    tally.check(
      upTo >= seq,
      () => `${tab} shows ${id} at ${seq} as delivered; ${scene.nameOf(peer)} has stored ${upTo}`,
    );
  }

  function risen({ user, conversation, delivered, read }: Of<"watermarks"> | Of<"inbox">): void {
    const key = `${conversation} ${user}`;
    const before = stood.get(key) ?? { delivered: 0, read: 0 };
    stood.set(key, { delivered, read });
    const tail = Math.max(scene.log(conversation).tail, 0);
    tally.check(
      delivered >= before.delivered && read >= before.read && read <= delivered && delivered <= tail,
      () =>
        `the watermarks of ${scene.nameOf(user)} went from ${before.delivered}/${before.read} to ${delivered}/${read}, tail ${tail}`,
    );
  }

  return {
    on: (event) => {
      if (event.is === "view") view(event);
      else if (event.is === "hostile") liars.add(scene.userOf(event.tab));
      else if (event.is === "op" && event.what === "shown")
        reach(scene.userOf(event.tab), event.conversation, event.seq);
      else if (event.is === "stored") {
        const user = [...scene.tabs.values()].find(({ profile }) => profile === event.profile)?.user ?? "";
        if (membersOf(event.conversation).includes(user)) reach(user, event.conversation, event.upTo);
      } else if (event.is === "watermarks" || event.is === "inbox") risen(event);
      else if (event.is === "store-failed") failedStores.add(event.profile);
      else if (event.is === "tab") loaded(event);
    },
    end: () => {
      for (const { why } of falls.values()) tally.check(false, () => why);
    },
  };
};
