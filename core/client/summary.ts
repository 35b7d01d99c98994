// What one line of the server's list changes in what this device knows of that conversation.

import { NO_SEQ, nextSeq } from "../domain/ids";
import { alike } from "./live";
import { max, raised, timelineOf, type Timeline } from "./timeline";
import type { StoredConversation } from "./ports/store";
import type { Summary } from "./told.types";

export function summarised(timeline: Timeline | undefined, summary: Summary): Timeline {
  if (!timeline) return timelineOf(firstMet(summary));
  const { kept } = timeline;
  const known: StoredConversation = {
    ...kept,
    peer: alike(kept.peer, summary.peer) ? kept.peer : summary.peer,
    activeAt: Math.max(kept.activeAt, summary.activeAt),
    theirs: raised(kept.theirs, summary.theirs),
    mine: raised(kept.mine, summary.mine),
    marked: summary.mine,
    tallyAtRead: summary.mine.read >= kept.mine.read ? summary.tallyAtRead : kept.tallyAtRead,
  };
  // Another device has read further: the conversation opens where the person stopped there.
  const readAtOpening = summary.mine.read > kept.mine.read ? summary.mine.read : timeline.readAtOpening;
  return { ...timeline, readAtOpening, kept: withTail(known, summary.tail) };
}

function firstMet({
  conversation,
  peer,
  activeAt,
  mine,
  theirs,
  tallyAtRead,
  tail,
}: Summary): StoredConversation {
  const marks = { mine, marked: mine, theirs, tallyAtRead };
  const empty = { from: nextSeq(NO_SEQ), cursor: NO_SEQ, tail: NO_SEQ, floor: NO_SEQ, tallyAtTail: {} };
  return withTail({ conversation, peer, activeAt, ...marks, ...empty }, tail);
}

/** The tail in a summary may be cut, so one that is known already stays. */
function withTail(kept: StoredConversation, tail: Summary["tail"]): StoredConversation {
  if (!tail || (kept.preview && kept.preview.seq >= tail.seq)) return kept;
  const activeAt = Math.max(kept.activeAt, tail.at);
  return { ...kept, activeAt, preview: tail, tail: max(kept.tail, tail.seq), tallyAtTail: tail.tally };
}
