// What may be done to a message, as far as this device knows; the server decides.

import type { MessageView } from "../../core/client/views";
import { EDIT_WITHIN_MS } from "../../core/domain/limits";

export type MessageAct = "react" | "copy" | "edit" | "history" | "delete" | "remove";

export function actsOn(
  { mine, at, progress, edited, seq }: MessageView,
  { closed, now }: { readonly closed: boolean; readonly now: number },
): readonly MessageAct[] {
  const isSent = progress?.is !== "waiting" && progress?.is !== "failed";
  const acts: readonly (readonly [MessageAct, boolean])[] = [
    ["react", !closed && isSent],
    ["copy", true],
    ["edit", mine && !closed && now - at < EDIT_WITHIN_MS],
    ["history", edited !== undefined && seq !== undefined],
    ["delete", mine && !closed && isSent],
    // What has never left this device is not deleted for anyone.
    ["remove", mine && !closed && !isSent],
  ];
  return acts.flatMap(([act, may]) => (may ? [act] : []));
}
