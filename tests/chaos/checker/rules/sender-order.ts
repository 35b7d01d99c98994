import type { MakeRule } from "../rule";
import type { Of } from "../scene";

/** Two tabs of one browser hear of each other's messages within this; until then neither comes before the other. */
const APART_MS = 1_000;

type Sent = { readonly id: string; readonly from: string; readonly tab: string; readonly at: number };

/** A device's messages stand in the log in the order in which they were sent. What is sent again goes to the end. */
export const senderOrder: MakeRule = (scene, tally) => {
  /** By profile and conversation; by id, in the order of sending. */
  const sent = new Map<string, Map<string, Sent>>();
  const sends = new Map<number, string>();
  /** Since when a profile's disk fails. What could not be stored is known to its own tab alone. */
  const failedAt = new Map<string, number>();
  /** Deleted where it waited: it leaves the outbox, if the disk takes that. */
  const deleted = new Set<string>();

  /** What some device has been told of. Sent again by one whose disk does not know it, it keeps its place. */
  const landed = new Set<string>();

  const put = (key: string, one: Sent) => {
    const ids = sent.get(key) ?? new Map<string, Sent>();
    sent.set(key, ids);
    ids.delete(one.id);
    ids.set(one.id, one);
  };

  function onOperation(event: { readonly at: number } & Of<"op">): void {
    if (event.what === "delete" || event.what === "discard") deleted.add(event.id);
    if (event.what !== "send" && event.what !== "retry") return;
    if (event.what === "retry" && landed.has(event.id)) return;
    const { tab, at, op, conversation } = event;
    const key = `${scene.profileOf(tab)} ${conversation}`;
    // The id of what is sent is known when it is answered; its place in the order is this.
    put(key, { id: event.what === "retry" ? event.id : `op ${op}`, from: scene.userOf(tab), tab, at });
    if (event.what === "send") sends.set(op, key);
  }

  function judge(key: string, all: readonly Sent[]): void {
    const log = scene.log(key.slice(key.indexOf(" ") + 1));
    const since = failedAt.get(key.slice(0, key.indexOf(" "))) ?? Infinity;
    const placed = all.flatMap((one) => {
      const seq = log.seqOf(one.from, one.id);
      // A disk that fails forgets what was sent, and brings back what was deleted, for whoever reads it next.
      const hasNoPlace = one.at >= since || (since < Infinity && deleted.has(one.id));
      return seq === undefined || hasNoPlace ? [] : [{ ...one, seq }];
    });
    const ofTab = new Map<string, number>();
    let [earlier, upTo] = [0, 0];
    for (const { id, tab, at, seq } of placed) {
      const areStored = since === Infinity;
      for (let next = placed[upTo]; areStored && next && next.at <= at - APART_MS; next = placed[(upTo += 1)])
        earlier = Math.max(earlier, next.seq);
      const before = Math.max(earlier, ofTab.get(tab) ?? 0);
      ofTab.set(tab, Math.max(seq, before));
      tally.check(seq > before, () => `${key}: ${id} at ${seq} was sent after what stands at ${before}`);
    }
  }

  return {
    on: (event, frame) => {
      for (const { id } of event.is === "heard" && frame ? [...frame.appended, ...frame.entries] : [])
        landed.add(id);
      if (event.is === "op") onOperation(event);
      else if (event.is === "store-failed")
        failedAt.set(event.profile, failedAt.get(event.profile) ?? event.at);
      else if (event.is === "answered" && event.id !== undefined) {
        const ids = sent.get(sends.get(event.op) ?? "");
        if (ids) rename(ids, `op ${event.op}`, event.id);
      }
    },
    end: () => {
      for (const [key, ids] of sent) judge(key, [...ids.values()]);
    },
  };
};

/** Keeps its place. */
function rename(ids: Map<string, Sent>, from: string, to: string): void {
  const all = [...ids.values()];
  ids.clear();
  for (const one of all) {
    const id = one.id === from ? to : one.id;
    ids.set(id, { ...one, id });
  }
}
