import type { LastView } from "../../core/client/views";

/** In the list: what came last, where it is no message. */
export function previewOf(last: Exclude<LastView, { readonly kind: "message" }>): string {
  switch (last.kind) {
    case "edit":
      return `Edited: ${last.text}`;
    case "deleted":
      return last.mine ? "You deleted a message" : "Deleted a message";
    case "reaction":
      if (last.emoji === undefined) return last.mine ? "You took a reaction back" : "Took a reaction back";
      return last.mine ? `You reacted with ${last.emoji}` : `Reacted with ${last.emoji}`;
    case "closed":
      return last.mine ? "You blocked this person" : "Conversation closed";
    case "opened":
      return last.mine ? "You unblocked this person" : "Conversation open again";
    default:
      return last satisfies never;
  }
}
