import type { MakeRule } from "../rule";

/** What was shown on a device before that device sent something has the lower seq. */
export const cause: MakeRule = (scene, tally) => {
  const seen = new Map<
    number,
    { readonly conversation: string; readonly from: string; readonly upTo: number }
  >();
  return {
    on: (event) => {
      if (event.is === "op" && event.what === "send") {
        const view = scene.view(event.tab, event.conversation);
        const upTo = view.reduce((highest, { seq }) => Math.max(highest, seq ?? 0), 0);
        seen.set(event.op, { conversation: event.conversation, from: scene.userOf(event.tab), upTo });
      } else if (event.is === "answered" && event.id !== undefined) {
        const before = seen.get(event.op);
        if (!before) return;
        const seq = scene.log(before.conversation).seqOf(before.from, event.id);
        if (seq === undefined) return;
        tally.check(
          seq > before.upTo,
          () => `${event.id} stands at ${seq}; its sender had seen ${before.upTo}`,
        );
      }
    },
  };
};
