// A long text as several messages. At every moment each character of it is in a stored message or in the draft, so that a
// page that goes away in the middle loses nothing.
//
//   1  send a part, and wait until it is stored
//   2  the draft becomes what is behind it; then the next part
//   3  a part that is refused ends it, and stays in the draft with all behind it

import type { Answer } from "../../core/client/chat-client.types";
import type { EntryId } from "../../core/domain/ids";
import type { TextPart } from "../../core/domain/split-text";

export type PartsNeeds = {
  readonly send: (text: string) => Promise<Answer<EntryId>>;
  readonly draft: { readonly read: () => string; readonly write: (text: string) => void };
};

export type PartsSent =
  | { readonly is: "sent" }
  | {
      readonly is: "stopped";
      /** The text that was not sent. */
      readonly left: string;
      readonly answer: Exclude<Answer<EntryId>, { readonly is: "ok" }>;
    };

export async function sendInParts(
  { send, draft }: PartsNeeds,
  whole: string,
  parts: readonly TextPart[],
): Promise<PartsSent> {
  let left = whole;
  for (const { text, rest } of parts) {
    const answer = await send(text);
    if (answer.is !== "ok") return { is: "stopped", left, answer };
    // A draft that the person began meanwhile stays.
    if (draft.read() === left) draft.write(rest);
    left = rest;
  }
  return { is: "sent" };
}
