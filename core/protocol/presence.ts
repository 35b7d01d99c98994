import * as v from "valibot";
import { conversation, device, id, presence as presenceShape, ref } from "./shapes";

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

/** This socket still stands, and with it this person is there. */
export const here = v.strictObject({ action: v.literal("here"), ref, device });

/** Tell me now, and until this socket ends, whether the other in this conversation is there. */
export const watch = v.strictObject({ action: v.literal("watch"), ref, conversation });

/** With a `ref` the answer to `watch`; without, a change. */
export const presence = v.object({
  type: v.literal("presence"),
  ref: v.optional(ref),
  user: id,
  presence: presenceShape,
});
