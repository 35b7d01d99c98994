import * as v from "valibot";
import { cursor, handle, name, ref } from "./shapes";

/** The next page of the list of conversations; `next` is what the page before it said. */
export const inbox = v.strictObject({
  action: v.literal("inbox"),
  ref,
  next: v.optional(cursor),
});

/** The conversation with the person of this handle, made if there is none. */
export const open = v.strictObject({ action: v.literal("open"), ref, handle });

/** One's own profile. Without a handle the server claims a free one made from the name. */
export const profile = v.strictObject({
  action: v.literal("profile"),
  ref,
  name,
  handle: v.optional(handle),
});
