import { seqOf } from "../domain/ids";
import type { Log } from "../domain/ports/log";
import { below } from "./seeded-random";

/** A replica never lags by more entries than this. */
const BEHIND = 4;

/** A log whose reads are not consistent: a replica answers, and may lack the newest entries. Writes are as ever. */
export function laggingLog(log: Log, random: () => number): Log {
  return {
    readFrom: async (conversation, from, limit) => {
      const read = await log.readFrom(conversation, from, limit);
      return read.slice(0, Math.max(0, read.length - below(random, BEHIND)));
    },
    readBefore: (conversation, before, limit) => log.readBefore(conversation, before, limit),
    tail: async (conversation) => {
      const tail = await log.tail(conversation);
      const seen = tail ? tail.seq - below(random, BEHIND) : 0;
      return seen > 0 ? (await log.readFrom(conversation, seqOf(seen), 1))[0] : undefined;
    },
    append: (entry) => log.append(entry),
    amend: (amendment) => log.amend(amendment),
    eraseEdit: (conversation, seq) => log.eraseEdit(conversation, seq),
  };
}
