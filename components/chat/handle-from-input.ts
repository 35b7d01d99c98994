// People type a handle as they see it, or paste the link that they were sent.

import { isHandle, type Handle } from "../../core/domain/ids";

/** The handle meant by what was typed: "@Ada ", "ada" or "https://chat.example.org/chat/ada". */
export function handleFromInput(typed: string): Handle | undefined {
  const text = typed.trim();
  const inLink = /\/chat\/([^/?#\s]+)\/?(?:[?#].*)?$/.exec(text)?.[1];
  const handle = (inLink ?? text).replace(/^@/, "").toLowerCase();
  return isHandle(handle) ? handle : undefined;
}
