// Where the line above the first unread message stands.
//
//             the log has caught up                 the person looks away
//   looking ------------------------> fixed ----------------------------> looking (from the newest on)
//   (the line is above the first of    (the line stays where it is,
//    the other's that is above `base`)  what comes now is read at once)

import type { EntryView } from "../../core/client/views";
import { NO_SEQ, type Seq } from "../../core/domain/ids";

export type UnreadLine =
  { readonly is: "looking"; readonly base: Seq } | { readonly is: "fixed"; readonly at: Seq | undefined };

export type UnreadLineEvent =
  | { readonly is: "caught-up"; readonly entries: readonly EntryView[] }
  | { readonly is: "looked-away"; readonly entries: readonly EntryView[] };

export function stepUnreadLine(line: UnreadLine, event: UnreadLineEvent): UnreadLine {
  switch (event.is) {
    case "caught-up":
      return line.is === "fixed" ? line : { is: "fixed", at: lineAt(line, event.entries) };
    case "looked-away":
      return line.is === "looking" ? line : { is: "looking", base: newestOf(event.entries) };
    default:
      return event satisfies never;
  }
}

export function lineAt(line: UnreadLine, entries: readonly EntryView[]): Seq | undefined {
  if (line.is === "fixed") return line.at;
  return entries.find(
    ({ seq, mine, kind }) => kind === "message" && !mine && seq !== undefined && seq > line.base,
  )?.seq;
}

const newestOf = (entries: readonly EntryView[]): Seq =>
  entries.reduce<Seq>((newest, { seq }) => (seq !== undefined && seq > newest ? seq : newest), NO_SEQ);
