// A history as a file: one event a line.

import type { History, HistoryEvent } from "./event";

export const toLines = (history: History): string =>
  history.map((event) => `${JSON.stringify(event)}\n`).join("");

/** What was written by `toLines`; a line that is no event is said with its number. */
export function fromLines(text: string): History {
  return text.split("\n").flatMap((line, index) => {
    if (line === "") return [];
    const event: unknown = JSON.parse(line);
    if (!isEvent(event)) throw new Error(`unable to read the history; line ${index + 1} is no event`);
    return [event];
  });
}

/** The harness reads what it has written itself: the two fields that every event has say whose file it is. */
const isEvent = (value: unknown): value is HistoryEvent =>
  typeof value === "object" && value !== null && "at" in value && "is" in value;
