import type { StoredEntry } from "./ports/store";

/**
 * What is left of an entry when its text is deleted: named field by field, so that nothing stays behind. An entry
 * that has no text is left as it is.
 */
export function erasedInStore(entry: StoredEntry): StoredEntry {
  const { conversation, seq, id, from, device, at, tally, state } = entry;
  const placed = { conversation, seq, id, from, device, at, tally, state };
  switch (entry.kind) {
    case "message":
      return { kind: "erased", was: "message", ...placed };
    case "edit":
      return { kind: "erased", was: "edit", ...placed };
    case "delete":
    case "reaction":
    case "closed":
    case "opened":
    case "erased":
      return entry;
    default:
      return entry satisfies never;
  }
}
