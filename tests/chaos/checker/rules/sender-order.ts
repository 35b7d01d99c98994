import type { MakeRule } from "../rule";

/** A device's messages stand in the log in the order in which they were sent. What is sent again goes to the end. */
export const senderOrder: MakeRule = (scene, tally) => {
  /** By profile and conversation; by id, in the order of sending. */
  const sent = new Map<string, Map<string, string>>();
  const sends = new Map<number, string>();

  const put = (key: string, id: string, from: string) => {
    const ids = sent.get(key) ?? new Map<string, string>();
    sent.set(key, ids);
    ids.delete(id);
    ids.set(id, from);
  };

  return {
    on: (event) => {
      if (event.is === "op" && (event.what === "send" || event.what === "retry")) {
        const key = `${scene.profileOf(event.tab)} ${event.conversation}`;
        const from = scene.userOf(event.tab);
        // The id of what is sent is known when it is answered; its place in the order is this.
        put(key, event.what === "retry" ? event.id : `op ${event.op}`, from);
        if (event.what === "send") sends.set(event.op, key);
      } else if (event.is === "answered" && event.id !== undefined) {
        const ids = sent.get(sends.get(event.op) ?? "");
        if (ids) rename(ids, `op ${event.op}`, event.id);
      }
    },
    end: () => {
      for (const [key, ids] of sent) {
        const conversation = key.slice(key.indexOf(" ") + 1);
        let last = 0;
        for (const [id, from] of ids) {
          const seq = scene.log(conversation).seqOf(from, id);
          if (seq === undefined) continue;
          const before = last;
          last = Math.max(last, seq);
          tally.check(seq > before, () => `${key}: ${id} at ${seq} was sent after what stands at ${before}`);
        }
      }
    },
  };
};

/** Keeps its place. */
function rename(ids: Map<string, string>, from: string, to: string): void {
  const all = [...ids];
  ids.clear();
  for (const [id, user] of all) ids.set(id === from ? to : id, user);
}
