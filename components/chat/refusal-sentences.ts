// What a person is told when the answer is no: what happened, and what to do.

import type { FailureCode } from "../../core/client/ports/store";
import { EDIT_WITHIN_MS, MESSAGE_EDITS, NAME_CHARACTERS, TEXT_CHARACTERS } from "../../core/domain/limits";

const EDIT_WITHIN_HOURS = EDIT_WITHIN_MS / 3_600_000;

export type Refused = { readonly code: FailureCode; readonly delayMs?: number };

/** What a person has asked for. */
export type Asked = "open" | "profile" | "message" | "edit" | "delete" | "reaction" | "history";

/** The same words whatever was asked. */
const ALWAYS: readonly FailureCode[] = ["slow-down", "version", "try-again", "bad-frame", "unknown-action"];
const ENTRY: readonly FailureCode[] = [
  ...ALWAYS,
  "unknown-conversation",
  "cannot-deliver",
  "stale",
  "expired",
];
const ABOUT_A_MESSAGE: readonly FailureCode[] = [...ENTRY, "unknown-entry", "not-yours", "deleted"];

/** A code has its words only where it can be the answer: another use case may mean something else by it. */
const ANSWERS: { readonly [A in Asked]: readonly FailureCode[] } = {
  open: [...ALWAYS, "unknown-handle", "bad-handle", "yourself", "bad-name"],
  profile: [...ALWAYS, "bad-name", "bad-handle", "handle-taken"],
  message: [...ENTRY, "empty", "too-long"],
  edit: [...ABOUT_A_MESSAGE, "empty", "too-long", "cannot-edit"],
  delete: ABOUT_A_MESSAGE,
  reaction: [...ABOUT_A_MESSAGE, "bad-emoji"],
  history: [...ALWAYS, "unknown-conversation", "unknown-entry", "deleted"],
};

/** Where a code means something else than elsewhere. */
const OWN_WORDS: { readonly [A in Asked]?: { readonly [C in FailureCode]?: string } } = {
  open: {
    "bad-name":
      "The other person would not see who you are, because you have no name here yet. Enter one in the settings, then open this link again.",
  },
  delete: { "cannot-deliver": "This conversation is closed, so the message cannot be deleted." },
  edit: { "cannot-deliver": "This conversation is closed, so the message cannot be edited." },
  reaction: { "cannot-deliver": "This conversation is closed, so the reaction cannot be delivered." },
};

const UNEXPLAINED =
  "The server refused this for a reason that this page does not know. Nothing was changed. Reload the page, then try again.";

/** `asked`: what the code is the answer to. */
export function refusalSentence(asked: Asked, refused: Refused): string {
  if (!ANSWERS[asked].includes(refused.code)) return UNEXPLAINED;
  return OWN_WORDS[asked]?.[refused.code] ?? usualSentence(refused);
}

function usualSentence({ code, delayMs }: Refused): string {
  switch (code) {
    case "unknown-handle":
      return "Nobody has this handle. Check the spelling with the person you want to reach.";
    case "yourself":
      return "This is your own handle. A conversation takes two: enter somebody else’s.";
    case "unknown-conversation":
      return "This conversation does not exist, or it is not yours to see.";
    case "empty":
      return "There is nothing to send yet. Write something first.";
    case "too-long":
      return `This is too long for one message (the limit is ${TEXT_CHARACTERS.toLocaleString("en")} characters), or it has too many marks on its letters. Shorten it, or send it in parts.`;
    case "cannot-deliver":
      return "This conversation is closed, so the message cannot be delivered.";
    case "slow-down":
      return `That was a lot in a short time. Try again ${inSeconds(delayMs)}.`;
    case "bad-name":
      return `A name has 1 to ${NAME_CHARACTERS} visible characters. Enter another one.`;
    case "bad-handle":
      return "A handle has 3 to 30 characters: it starts with a small letter a–z, ends with a letter or digit, and may have digits, dots, dashes and underscores in between.";
    case "handle-taken":
      return "Somebody else has this handle, or had it until lately. Choose another one.";
    case "version":
      return "This page is out of date. Reload it to go on.";
    case "bad-emoji":
      return "A reaction is one emoji. Choose one from the list, or type one.";
    case "unknown-entry":
      return "This message is not there any more.";
    case "not-yours":
      return "Only the person who wrote a message can change it.";
    case "deleted":
      return "This message is gone: who wrote it took it back in the meantime.";
    case "cannot-edit":
      return `A message can be edited for ${EDIT_WITHIN_HOURS} hours and ${MESSAGE_EDITS} times. Write a new one instead.`;
    case "expired":
      return "It waited for more than a day without getting through, so it was not sent without asking you. Send it now, or remove it.";
    case "stale":
      return "This device had fallen behind the conversation. Send the message again.";
    case "try-again":
      return "Something went wrong on our side and nothing was changed. Try again in a moment.";
    case "bad-frame":
    case "unknown-action":
      return "The server did not understand this page. Reload it and try again.";
    default:
      return code satisfies never;
  }
}

export const UNREACHABLE =
  "There is no answer from the server. Check your connection, then try again: nothing was changed.";

function inSeconds(delayMs = 0): string {
  const seconds = Math.ceil(delayMs / 1000);
  if (seconds <= 1) return "in a moment";
  if (seconds < 120) return `in ${seconds} seconds`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}
