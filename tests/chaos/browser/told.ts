// What a page tells of itself, by its own clock, which is this machine's.

/** One line of the conversation, as it is drawn. */
export type Row = {
  /** "<from> <id>" */
  readonly key: string;
  readonly mine: boolean;
  /** Absent where a deleted message stood. */
  readonly text?: string;
  readonly tick?: string;
};

export type Telling =
  /** A document begins: whatever was shown before is gone. */
  | { readonly is: "begun" }
  | { readonly is: "shows"; readonly rows: readonly Row[]; readonly typing: boolean }
  | { readonly is: "up" | "heard"; readonly socket: string; readonly text: string }
  /** A message of one's own is in the outbox on the disk. */
  | { readonly is: "kept"; readonly id: string; readonly text: string }
  /** A transaction that put these has completed. */
  | { readonly is: "stored"; readonly conversation: string; readonly upTo: number };

export type Told = { readonly at: number } & Telling;

/** By what the page's half calls the test's half. */
export const BINDING = "parleyTold";
