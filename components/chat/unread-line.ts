// Where the line above the first unread message stands.
//
//             the log has caught up                 the person looks away
//   opening ------------------------> fixed ----------------------------> away
//   (above the first of the other's    (it stays where it is: what        (above the first of the other's
//    that was not read at opening)      comes now is read at once)         that comes from now on)
//                                       ^                                  |
//                                       '----------------------------------'  the person looks again

import type { EntryView } from "../../core/client/views";
import { NO_SEQ, type Seq } from "../../core/domain/ids";

export type UnreadLine =
  | { readonly is: "opening" }
  | { readonly is: "fixed"; readonly at: Seq | undefined }
  | { readonly is: "away"; readonly after: Seq };

type Shown = { readonly entries: readonly EntryView[]; readonly readAtOpening: Seq };

/** The log has caught up and the person looks. */
export function fixLine(line: UnreadLine, shown: Shown): UnreadLine {
  return line.is === "fixed" ? line : { is: "fixed", at: lineAt(line, shown) };
}

export function lookAway(line: UnreadLine, { entries }: Shown): UnreadLine {
  return line.is === "fixed" ? { is: "away", after: newestOf(entries) } : line;
}

export function lineAt(line: UnreadLine, { entries, readAtOpening }: Shown): Seq | undefined {
  if (line.is === "fixed") return line.at;
  const after = line.is === "away" ? line.after : readAtOpening;
  return entries.find(
    ({ seq, mine, kind }) => kind === "message" && !mine && seq !== undefined && seq > after,
  )?.seq;
}

const newestOf = (entries: readonly EntryView[]): Seq =>
  entries.reduce<Seq>((newest, { seq }) => (seq !== undefined && seq > newest ? seq : newest), NO_SEQ);
