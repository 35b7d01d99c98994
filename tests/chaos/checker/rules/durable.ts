import type { MakeRule } from "../rule";

/** Once an answer named (id, seq), and once a device was told an entry, log[seq].id is that id for ever. */
export const durable: MakeRule = (scene, tally) => ({
  on: (event, frame) => {
    if (event.is !== "heard" || !frame) return;
    const user = scene.userOf(event.tab);
    const conversation = scene.askedAbout(event.socket, frame);
    if (conversation !== undefined && frame.appended.length > 0) {
      const log = scene.log(conversation);
      for (const { id, seq } of frame.appended) {
        const entry = log.bySeq.get(seq);
        tally.check(
          entry?.id === id && entry.from === user,
          () => `${event.tab} was told that ${id} stands at ${seq}; there is ${entry?.id ?? "nothing"}`,
        );
      }
    }
    for (const told of frame.entries) {
      const entry = scene.log(told.conversation).bySeq.get(told.seq);
      tally.check(
        entry?.id === told.id && entry.from === told.from,
        () => `${event.tab} was told ${told.id} at ${told.seq}; there is ${entry?.id ?? "nothing"}`,
      );
    }
  },
});
