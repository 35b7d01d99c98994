import { normalizeText } from "../../../../core/domain/text";
import type { Frame } from "../frame";
import type { MakeRule } from "../rule";
import { keyOf, type Of } from "../scene";

/** `from` is the authenticated user of the socket; the body is what was typed, bit for bit. */
export const authentic: MakeRule = (scene, tally) => {
  /** All that a person has typed in a conversation. */
  const typed = new Map<string, Set<string>>();
  /** What each id may say. */
  const written = new Map<string, Set<string>>();
  /** Said without our client: it may be what any message of this person was edited to. */
  const unbound = new Map<string, Set<string>>();
  const asked = new Map<number, { readonly key: string; readonly text?: string }>();

  const add = (map: Map<string, Set<string>>, key: string, text: string | undefined) => {
    const texts = map.get(key) ?? new Set<string>();
    map.set(key, texts);
    if (text !== undefined) texts.add(normalizeText(text));
  };

  function onOperation(event: Of<"op">): void {
    const key = `${event.conversation} ${scene.userOf(event.tab)}`;
    const text = "text" in event ? event.text : undefined;
    add(typed, key, text);
    asked.set(event.op, { key, ...(text === undefined ? {} : { text }) });
    if (event.what === "edit") add(written, `${key} ${event.id}`, text);
  }

  function onFrame(event: Of<"up"> | Of<"hostile">, frame: Frame): void {
    const key = `${frame.conversation} ${scene.userOf(event.tab)}`;
    for (const { id, text } of frame.drafts) {
      // What a client of ours puts on the line is held against what was typed when it comes to stand in the log.
      add(written, `${key} ${id}`, event.is === "hostile" ? text : undefined);
      if (event.is === "hostile") {
        add(typed, key, text);
        add(unbound, key, text);
      }
    }
  }

  return {
    on: (event, frame) => {
      if (event.is === "op") onOperation(event);
      else if (event.is === "answered") {
        const op = asked.get(event.op);
        if (op && event.id !== undefined) add(written, `${op.key} ${event.id}`, op.text);
      } else if (event.is === "up" || event.is === "hostile") {
        if (frame) onFrame(event, frame);
      } else if (event.is === "view") {
        for (const { id, from, text } of event.entries)
          if (text !== undefined)
            tally.check(
              typed.get(`${event.conversation} ${from}`)?.has(text) === true,
              () => `${event.tab} shows ${id}; ${scene.nameOf(from)} never typed that`,
            );
      }
    },
    end: () => {
      for (const [conversation, { entries }] of scene.allLogs())
        for (const { id, from, kind, text, seq } of entries) {
          const texts = written.get(`${conversation} ${keyOf(from, id)}`);
          const said = kind === "message" && text !== undefined ? text : undefined;
          const isTyped = said === undefined || typed.get(`${conversation} ${from}`)?.has(said) === true;
          const isItsOwn =
            said === undefined ||
            texts?.size === 0 ||
            texts?.has(said) === true ||
            unbound.get(`${conversation} ${from}`)?.has(said) === true;
          tally.check(
            texts !== undefined && isTyped && isItsOwn,
            () => `${kind} ${id} at ${seq} of ${conversation} was not written so by ${scene.nameOf(from)}`,
          );
        }
    },
  };
};
