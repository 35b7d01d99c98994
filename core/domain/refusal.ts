// An expected "no". Everything else that is thrown is a bug.

/** The closed list. PROTOCOL.md says what each means and what to do; screens have a sentence for each. */
export const REFUSAL_CODES = [
  "bad-frame", // not JSON, not an object, unknown or missing fields, too long, too deep
  "unknown-action",
  "version", // the device speaks a protocol that this server does not: reload
  "unknown-conversation", // not there, or not yours: the same answer for both
  "unknown-handle",
  "yourself", // a conversation takes two
  "empty", // a text with nothing to see in it
  "too-long",
  "bad-emoji", // a reaction is one emoji
  "unknown-entry", // no message stands at the slot that was pointed at
  "not-yours", // only who wrote a message edits or deletes it
  "deleted", // the message has been deleted
  "cannot-edit", // the message is too old for it, or was edited too often
  "stale", // `after` is too far behind, or ahead of the log: sync, then send
  "cannot-deliver", // the conversation is closed
  "slow-down", // too many; `delayMs` says when to try again
  "bad-name",
  "bad-handle",
  "handle-taken",
  "try-again", // something of ours failed; nothing is known to be stored
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly code: RefusalCode,
    readonly delayMs?: number,
  ) {
    super(`refused: ${code}`);
  }
}
