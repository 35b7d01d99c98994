import type { MakeRule } from "../rule";
import { keyOf } from "../scene";

/** Every answer for an id names the same seq. */
export const oneAnswer: MakeRule = (scene, tally) => {
  const named = new Map<string, number>();
  return {
    on: (event, frame) => {
      if (event.is !== "heard" || !frame || frame.appended.length === 0) return;
      const conversation = scene.askedAbout(event.socket, frame);
      for (const { id, seq } of frame.appended) {
        const key = `${conversation} ${keyOf(scene.userOf(event.tab), id)}`;
        const before = named.get(key) ?? seq;
        named.set(key, before);
        tally.check(before === seq, () => `${id} was answered with ${before} and with ${seq}`);
      }
    },
  };
};
