// The sentences for a person whose device keeps no new messages: the cause, the consequence and the cure.

import type { StorageView } from "../../core/client/views";

type Why = Extract<StorageView, { readonly is: "memory" }>["why"];

const LOST = "What waits to be sent is lost when you close this tab.";

export function notKeptSentence(why: Why): string {
  switch (why) {
    case "full":
      return `There is no room left on this device, so new messages are not kept on it. ${LOST} Make room, and they are kept again by themselves.`;
    case "silent":
      return `The storage of this browser does not answer, so new messages are not kept on this device for now. ${LOST} Parley asks again by itself; if it stays like this, close the other tabs of Parley, or start the browser again.`;
    case "purged":
      return `The browser has removed what Parley kept on this device. ${LOST} What this tab still shows is stored again by itself.`;
    case "unknown":
      return `Messages could not be stored on this device, so new ones are not kept on it for now. ${LOST} Parley tries again by itself; if it stays like this, start the browser again.`;
    case "refused":
      return `This browser does not let Parley keep messages, as in some private windows. They are loaded anew each time. ${LOST}`;
    default:
      return why satisfies never;
  }
}

/** Of what is written while there is no line. */
export const goesOutLater = (storage: StorageView): string =>
  storage.is === "kept"
    ? "What you write is kept here and goes out later."
    : "What you write goes out later, if you leave this tab open.";
