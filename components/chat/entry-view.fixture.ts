// Messages for tests of the list.

import type { MessageView } from "../../core/client/views";
import { isEntryId, isUserId, seqOf } from "../../core/domain/ids";

const NOON = new Date(2026, 0, 15, 12).getTime();
const MINUTE_MS = 60_000;
let ids = 0;

/** Ada's are one's own. Without a number it waits for its place. */
export function messageView(seq: number | undefined, from: "ada" | "grace", minutes = 0): MessageView {
  const id = `entry-${String(ids++).padStart(6, "0")}`;
  const user = `00000000-0000-4000-8000-00000000000${from === "ada" ? "a" : "b"}`;
  if (!isEntryId(id) || !isUserId(user)) throw new RangeError("unable to make a message; its ids are wrong");
  return {
    kind: "message",
    id,
    ...(seq === undefined ? {} : { seq: seqOf(seq) }),
    from: user,
    mine: from === "ada",
    text: "hello",
    at: NOON + minutes * MINUTE_MS,
  };
}
