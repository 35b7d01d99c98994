import type { EntryView, LastView, MessageView } from "../../core/client/views";
import { NO_SEQ, type Seq } from "../../core/domain/ids";
import { firstCharacters } from "../../core/domain/text";

/** Longer ones are cut: whoever wants all of it reads the list. */
const SPOKEN_CHARACTERS = 240;

/** What is said of the other's messages above `after`: one is read out, several are counted. */
export function announcementOf(entries: readonly EntryView[], after: Seq, name: string): string {
  const fresh = entries.filter(
    (entry): entry is MessageView => isTheirs(entry) && entry.seq !== undefined && entry.seq > after,
  );
  const [only, ...more] = fresh;
  if (!only) return "";
  if (more.length > 0) return `${fresh.length} new messages from ${name}`;
  return `${name}: ${firstCharacters(only.text, SPOKEN_CHARACTERS)}`;
}

/** What the other has done to a message, where that is the newest of the conversation. */
export function changeOf(last: LastView | undefined, name: string): string | undefined {
  if (!last || last.mine) return undefined;
  if (last.kind === "edit")
    return `${name} edited a message: ${firstCharacters(last.text, SPOKEN_CHARACTERS)}`;
  if (last.kind === "deleted") return `${name} deleted a message`;
  if (last.kind === "reaction" && last.emoji !== undefined) return `${name} reacted with ${last.emoji}`;
  return undefined;
}

export function newestOfOther(entries: readonly EntryView[]): Seq {
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index];
    if (entry && isTheirs(entry) && entry.seq !== undefined) return entry.seq;
  }
  return NO_SEQ;
}

const isTheirs = (entry: EntryView): boolean => entry.kind === "message" && !entry.mine;
