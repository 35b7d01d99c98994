// Wrong ways to keep the log.

import { amendedEntry, erasedEdit } from "../../../core/domain/amend";
import type { Entry } from "../../../core/domain/entry";
import { seqOf, type ConversationId } from "../../../core/domain/ids";
import type { Log } from "../../../core/domain/ports/log";
import type { ServePorts } from "../../../core/protocol/serve";
import { laggingLog } from "../../../core/testing/lagging-log";
import { seededRandom } from "../../../core/testing/seeded-random";
import type { Pieces } from "../simulation/pieces";
import type { Bug } from "./planted";

/** Clocks of machines are apart by so much. */
const SKEW_MS = 40;

/**
 * The sort key is the time of the function that writes. What comes from a slower clock slips in below what was read
 * already, and of two in one millisecond one overwrites the other.
 */
function timestamped(): Partial<Pieces> {
  const random = seededRandom(10);
  const logs = new Map<ConversationId, Map<number, Entry>>();
  const keysOf = (conversation: ConversationId) =>
    [...(logs.get(conversation)?.keys() ?? [])].sort((one, other) => one - other);
  const all = (conversation: ConversationId): readonly Entry[] =>
    keysOf(conversation).flatMap((key, index) => {
      const entry = logs.get(conversation)?.get(key);
      return entry ? [{ ...entry, seq: seqOf(index + 1) }] : [];
    });
  const change = (conversation: ConversationId, seq: number, next: (entry: Entry) => Entry) => {
    const key = keysOf(conversation)[seq - 1];
    const entry = key === undefined ? undefined : logs.get(conversation)?.get(key);
    if (key === undefined || !entry) return undefined;
    const changed = next(entry);
    logs.get(conversation)?.set(key, changed);
    return changed;
  };
  const log: Log = {
    readFrom: async (conversation, from, limit) =>
      all(conversation)
        .filter(({ seq }) => seq >= from)
        .slice(0, limit),
    readBefore: async (conversation, before, limit) =>
      all(conversation)
        .filter(({ seq }) => seq < before)
        .slice(-limit),
    tail: async (conversation) => all(conversation).at(-1),
    append: async (entry) => {
      const entries = logs.get(entry.conversation) ?? new Map<number, Entry>();
      entries.set(entry.at + Math.floor(random() * SKEW_MS), entry);
      logs.set(entry.conversation, entries);
      return "appended";
    },
    amend: async (by) => {
      const changed = change(by.conversation, by.target, (entry) =>
        entry.kind === "message" ? amendedEntry(entry, by) : entry,
      );
      return changed?.kind === "message" || changed?.kind === "erased" ? changed : undefined;
    },
    eraseEdit: async (conversation, seq) =>
      void change(conversation, seq, (entry) => (entry.kind === "edit" ? erasedEdit(entry) : entry)),
  };
  return { ports: (ports) => ({ ...ports, log }), log: all };
}

/** A replica answers, and may lack the newest. */
function inconsistent(): Partial<Pieces> {
  const random = seededRandom(16);
  return { ports: (ports: ServePorts) => ({ ...ports, log: laggingLog(ports.log, random) }) };
}

export const LOG_BUGS = {
  B10: { what: "timestamps for sort keys", breaks: ["I1", "I4", "I14"], plant: timestamped },
  B16: { what: "the tail read without consistency", breaks: ["I3", "I10", "I11"], plant: inconsistent },
} as const satisfies Record<string, Bug>;
