import type { MakeRule } from "../rule";

const KINDS = ["message", "edit", "delete", "reaction", "closed", "opened", "erased"];

/** Typing and presence are never in the log. */
export const ephemeral: MakeRule = (scene, tally) => ({
  end: () => {
    for (const [conversation, { entries }] of scene.allLogs())
      for (const { kind, seq } of entries)
        tally.check(KINDS.includes(kind), () => `${conversation} holds ${kind} at ${seq}`);
  },
});
