import {
  isAmendment,
  writtenAs,
  type Amendment,
  type Entry,
  type Message,
  type Reactions,
} from "../domain/entry";
import type { AmendHistory } from "./amend-trial";

/**
 * Everything about a trial that must not be, once the relay has been everywhere. It reads the log from its first
 * entry to its last, in that order and once, and compares what each message says with what it should: written anew
 * here, so that a mistake in core/domain/amend.ts is not made twice.
 */
export function amendVerdict(history: AmendHistory): readonly string[] {
  const entries = history.log.entries(history.conversation);
  const amendments = entries.filter(isAmendment);
  const deleted = new Set(
    entries.flatMap((entry) => (entry.kind === "delete" && mayDelete(entries, entry) ? [entry.target] : [])),
  );
  return [
    ...history.troubles,
    ...entries.flatMap((entry) => wrong(entry, amendments, deleted, history.texts)),
    ...leaked(entries, deleted, history.texts),
  ];
}

const mayDelete = (entries: readonly Entry[], by: Extract<Entry, { kind: "delete" }>): boolean => {
  const target = entries[by.target - 1];
  return target !== undefined && writtenAs(target) === "message" && target.from === by.from;
};

function wrong(
  entry: Entry,
  amendments: readonly Amendment[],
  deleted: ReadonlySet<number>,
  texts: ReadonlyMap<string, string>,
): readonly string[] {
  if (writtenAs(entry) !== "message") return [];
  if (deleted.has(entry.seq))
    return entry.kind === "erased" ? [] : [`${entry.seq} was deleted and still says something`];
  if (entry.kind !== "message") return [`${entry.seq} is gone, and nobody deleted it`];
  const about = amendments.filter((by) => by.target === entry.seq);
  const should = { text: texts.get(entry.id), edits: [] as number[], reactions: {} as Reactions };
  for (const by of about) {
    if (by.kind === "edit" && by.from === entry.from) {
      should.text = by.body.text;
      should.edits.push(by.seq);
    }
    if (by.kind === "reaction")
      should.reactions = {
        ...should.reactions,
        [by.from]: { seq: by.seq, ...(by.emoji ? { emoji: by.emoji } : {}) },
      };
  }
  return compared(entry, should);
}

function compared(
  entry: Message,
  should: {
    readonly text: string | undefined;
    readonly edits: readonly number[];
    readonly reactions: Reactions;
  },
) {
  const found: string[] = [];
  if (entry.body.text !== should.text) found.push(`${entry.seq} says what it should not`);
  const edits = [...(entry.edits ?? [])].sort((one, other) => one - other);
  if (edits.join() !== should.edits.join()) found.push(`${entry.seq} knows of the edits ${edits.join()}`);
  if (sorted(entry.reactions) !== sorted(should.reactions))
    found.push(`${entry.seq} has the wrong reactions`);
  return found;
}

const sorted = (reactions: Reactions = {}): string =>
  JSON.stringify(Object.entries(reactions).sort(([one], [other]) => (one < other ? -1 : 1)));

/** No text of a deleted message is anywhere: not in it, not in an edit, not in an original. */
function leaked(
  entries: readonly Entry[],
  deleted: ReadonlySet<number>,
  texts: ReadonlyMap<string, string>,
): readonly string[] {
  const all = JSON.stringify(entries);
  const secrets = entries.filter(
    (entry) => entry.kind === "erased" || (entry.kind === "edit" && deleted.has(entry.target)),
  );
  return secrets.flatMap(({ id, seq }) => {
    const text = texts.get(id);
    return text !== undefined && all.includes(text) ? [`the text of ${seq} outlived its delete`] : [];
  });
}
