import type { ReactionView } from "../../core/client/views";

/** "You and Grace", "Grace", "You". */
export function whoReacted({ users, mine }: ReactionView, peerName: string): string {
  const others = users.length - (mine ? 1 : 0);
  if (!mine) return peerName;
  return others > 0 ? `You and ${peerName}` : "You";
}
