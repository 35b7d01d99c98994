// What a device has stored it says, as the product's client does: the highest of each conversation, and not at once
// (core/client/marks.ts). Without it the relay would take each message for one that was not told.

import { MARKS_EVERY_MS } from "../../core/client/marks";

export type Stored = { readonly conversation: string; readonly seq: number };

export function createMarks(tell: (mark: Stored) => void): { stored(entry: Stored): void; stop(): void } {
  const highest = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  const tellAll = () => {
    timer = undefined;
    for (const [conversation, seq] of highest) tell({ conversation, seq });
    highest.clear();
  };
  return {
    stored: ({ conversation, seq }) => {
      highest.set(conversation, Math.max(seq, highest.get(conversation) ?? 0));
      timer ??= setTimeout(tellAll, MARKS_EVERY_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
