import type { MakeRule } from "../rule";

/** The seqs of a log are floor..tail without a hole. */
export const dense: MakeRule = (scene, tally) => ({
  end: () => {
    for (const [conversation, { entries }] of scene.allLogs()) {
      for (const [index, { seq }] of entries.entries()) {
        const before = entries[index - 1]?.seq ?? seq - 1;
        tally.check(seq === before + 1, () => `${conversation} has a hole: ${seq} follows ${before}`);
      }
    }
  },
});
