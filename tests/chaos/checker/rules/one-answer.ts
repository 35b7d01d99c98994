import { isTold } from "../../../../core/protocol/told";
import type { MakeRule } from "../rule";
import { keyOf } from "../scene";

/** Every answer for an id names the same seq, and what was told and is done has no answer at all. */
export const oneAnswer: MakeRule = (scene, tally) => {
  const named = new Map<string, number>();
  /** What was said under each `ref` of a socket. Of two under one, nobody knows which one is answered. */
  const said = new Map<string, string>();
  return {
    on: (event, frame) => {
      if (!frame) return;
      if (event.is === "up" || event.is === "hostile") {
        const question = `${event.socket} ${frame.ref ?? ""}`;
        said.set(question, (said.get(question) ?? frame.name) === frame.name ? frame.name : "either");
      }
      if (event.is !== "heard") return;
      if (frame.name === "ok" && isTold(said.get(`${event.socket} ${frame.ref ?? ""}`)))
        tally.check(frame.unreached, () => `what was told as ${frame.ref} was answered ok`);
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
