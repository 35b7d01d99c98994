import * as v from "valibot";
import { conversation, id, presence as presenceShape, ref } from "./shapes";

export const typing = v.strictObject({
  action: v.literal("typing"),
  ref,
  conversation,
  typing: v.boolean(),
});

export const pushedTyping = v.object({
  type: v.literal("typing"),
  conversation,
  user: id,
  typing: v.boolean(),
});

/** Tell me now, and until this socket ends, whether the other in this conversation is there. */
export const watch = v.strictObject({ action: v.literal("watch"), ref, conversation });

/** With a `ref` the answer to `watch`; without, a change. */
export const presence = v.object({
  type: v.literal("presence"),
  ref: v.optional(ref),
  user: id,
  presence: presenceShape,
});
