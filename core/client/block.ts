// Whether anybody may write, as far as this device knows: by the newest entry, with one's own pending turns on top.

import { membersOf } from "../domain/conversation";
import type { UserId } from "../domain/ids";
import type { Timeline } from "./timeline";

export type Block = {
  /** Nobody writes, by whoever's block. */
  readonly closed: boolean;
  /** One has blocked the other. */
  readonly blocked: boolean;
};

export function blockOf({ kept, pending }: Pick<Timeline, "kept" | "pending">): Block {
  const me = membersOf(kept.conversation)?.find((member) => member !== kept.peer.user);
  const state = kept.preview?.state;
  const by = new Set<UserId>(state?.is === "closed" ? state.by : []);
  for (const { item } of pending) {
    if (!me || item.state.is === "failed") continue;
    if (item.kind === "closed") by.add(me);
    if (item.kind === "opened") by.delete(me);
  }
  return { closed: by.size > 0, blocked: me !== undefined && by.has(me) };
}
