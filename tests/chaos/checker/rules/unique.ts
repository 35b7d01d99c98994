import type { MakeRule } from "../rule";
import { keyOf } from "../scene";

/** At most one entry a (sender, id); a device shows each seq once and each id once. */
export const unique: MakeRule = (scene, tally) => ({
  on: (event) => {
    if (event.is !== "view" || event.entries.length === 0) return;
    const view = scene.view(event.tab, event.conversation);
    // Ids are a person's own, but it is cheap to look at them alone first.
    const ids = new Set(event.entries.map(({ id }) => id));
    const fresh = new Set(event.entries.map((entry) => keyOf(entry.from, entry.id)));
    const same = view.filter((entry) => ids.has(entry.id) && fresh.has(keyOf(entry.from, entry.id)));
    const seqs = same.flatMap(({ seq }) => seq ?? []);
    tally.check(
      same.length === event.entries.length && new Set(seqs).size === seqs.length,
      () => `${event.tab} shows something twice: ${same.map(({ id, seq }) => `${id}@${seq}`).join(", ")}`,
    );
  },
  end: () => {
    for (const [conversation, log] of scene.allLogs()) {
      const seen = new Map<string, number>();
      for (const { from, id, seq } of log.entries) {
        const before = seen.get(keyOf(from, id));
        seen.set(keyOf(from, id), seq);
        tally.check(
          before === undefined,
          () => `${scene.nameOf(from)}'s ${id} stands at ${before} and ${seq} of ${conversation}`,
        );
      }
    }
  },
});
