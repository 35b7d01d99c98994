import * as v from "valibot";
import { conversation, id, ref } from "../shapes";
import { presence as presenceShape } from "./shapes";

export const pushedTyping = v.object({
  type: v.literal("typing"),
  conversation,
  user: id,
  typing: v.boolean(),
});

/** With a `ref` the answer to `watch`; without, a change. */
export const presence = v.object({
  type: v.literal("presence"),
  ref: v.optional(ref),
  user: id,
  presence: presenceShape,
});
