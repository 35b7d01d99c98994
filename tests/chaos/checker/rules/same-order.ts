import type { Shown } from "../../history/event";
import type { MakeRule } from "../rule";
import type { FinalLog } from "../scene";

/** What a device shows is a contiguous stretch of the log and then its own pending messages. */
export const sameOrder: MakeRule = (scene, tally) => ({
  on: (event) => {
    if (event.is !== "view") return;
    const view = scene.view(event.tab, event.conversation);
    const log = scene.log(event.conversation);
    const me = scene.userOf(event.tab);
    const last = Math.min(view.length, event.from + event.entries.length + 1);
    // What joins the changed entries on either side has to be looked at too.
    for (let index = Math.max(0, event.from); index < last; index += 1) {
      const [before, entry] = [view[index - 1], view[index]];
      if (entry) tally.check(follows(log, me, before, entry), () => sentence(event.tab, before, entry));
    }
  },
});

function follows(log: FinalLog, me: string, before: Shown | undefined, entry: Shown): boolean {
  if (entry.seq === undefined) return entry.from === me;
  const stands = log.bySeq.get(entry.seq);
  if (stands?.id !== entry.id || stands.from !== entry.from) return false;
  if (!before) return true;
  return before.seq !== undefined && log.adjoin(before.seq, entry.seq);
}

const sentence = (tab: string, before: Shown | undefined, entry: Shown) =>
  `${tab} shows ${entry.id}@${entry.seq} after ${before ? `${before.id}@${before.seq}` : "nothing"}`;
