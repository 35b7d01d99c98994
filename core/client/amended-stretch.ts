// A stretch of log with its amendments carried out: what each message says by now, as far as this device has met it.
// The rule is the server's own (core/domain/amend.ts), and a message may come with it applied or without: so the
// stretch says the same whether its pieces came one by one or in pages, from above or from below.

import { amended, mayAmend } from "../domain/amend";
import type { Seq, UserId } from "../domain/ids";
import type { StoredEntry } from "./ports/store";
import { erasedInStore } from "./stored-erasure";

type Amendment = Extract<StoredEntry, { readonly kind: "edit" | "delete" | "reaction" }>;

export type AmendedStretch = {
  readonly entries: readonly StoredEntry[];
  /** Those that are not what they were. */
  readonly changed: readonly StoredEntry[];
};

export const isAmendment = (entry: StoredEntry): entry is Amendment =>
  entry.kind === "edit" || entry.kind === "delete" || entry.kind === "reaction";

/** Carries these amendments out. `entries` is a stretch without a hole that holds them; their messages may lie below it. */
export function amendedStretch(
  entries: readonly StoredEntry[],
  amendments: readonly Amendment[],
): AmendedStretch {
  const first = entries[0]?.seq ?? 0;
  const next = [...entries];
  const changed = new Map<number, StoredEntry>();
  const change = (entry: StoredEntry) => {
    next[entry.seq - first] = entry;
    changed.set(entry.seq, entry);
  };
  for (const amendment of amendments) {
    const target = next[amendment.target - first];
    const after = target && amendedBy(target, amendment);
    if (after && after !== target) change(after);
  }
  const authors = deletions(next);
  for (const entry of next)
    if (entry.kind === "edit" && authors.get(entry.target) === entry.from) change(erasedInStore(entry));
  return { entries: changed.size > 0 ? next : entries, changed: [...changed.values()] };
}

function amendedBy(target: StoredEntry, by: Amendment): StoredEntry {
  if (target.kind !== "message" || !mayAmend(by.kind, target.from, by.from)) return target;
  const after = amended(target, by);
  return after === "erased" ? erasedInStore(target) : after;
}

/** Whose messages were deleted: those that are gone, and those below the stretch that a `delete` in it is about. */
function deletions(entries: readonly StoredEntry[]): ReadonlyMap<Seq, UserId> {
  return new Map(
    entries.flatMap((entry) => {
      if (entry.kind === "delete") return [[entry.target, entry.from] as const];
      return entry.kind === "erased" && entry.was === "message" ? [[entry.seq, entry.from] as const] : [];
    }),
  );
}
