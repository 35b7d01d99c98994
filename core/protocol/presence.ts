import * as v from "valibot";
import { conversation, device, ref } from "./shapes";

export const typing = v.strictObject({
  action: v.literal("typing"),
  ref,
  conversation,
  typing: v.boolean(),
});

/** This socket still stands, and with it this person is there. */
export const here = v.strictObject({ action: v.literal("here"), ref, device });

/** Tell me now, and until this socket ends, whether the other in this conversation is there. */
export const watch = v.strictObject({ action: v.literal("watch"), ref, conversation });

/** Answered by the gateway itself: no function, no `ref`. */
export const ping = v.strictObject({ action: v.literal("ping") });
