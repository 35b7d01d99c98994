// Whether the person whose screens these are is still the one who is signed in on this device. Another tab may sign
// out, or sign somebody else in, while this one runs, or while it sleeps and is told of nothing.

import type { UserId } from "../../core/domain/ids";
import { lastUserKey, storedUser } from "./cognito-tokens";
import type { Outputs } from "./outputs";

type Place = { readonly page: EventTarget; readonly storage: () => Storage };

const here: Place = {
  get page() {
    return window;
  },
  storage: () => localStorage,
};

/** Calls back with who is signed in instead, or with nobody. */
export function watchSession(
  outputs: Outputs,
  user: UserId,
  changed: (now: UserId | undefined) => void,
  { page, storage }: Place = here,
): () => void {
  const key = lastUserKey(outputs.cognito.userPoolClientId);
  const look = () => {
    const now = storedUser(outputs, storage());
    if (now !== user) changed(now);
  };
  const listen = (event: Event) => {
    if ("key" in event && event.key === key) look();
  };
  // Back from the browser's cache for the back button, or thawed.
  const woken = ["pageshow", "resume"] as const;
  page.addEventListener("storage", listen);
  // "resume" is the document's, and bubbles to nowhere: it is caught on its way down.
  for (const event of woken) page.addEventListener(event, look, { capture: true });
  return () => {
    page.removeEventListener("storage", listen);
    for (const event of woken) page.removeEventListener(event, look, { capture: true });
  };
}
