import * as v from "valibot";
import { ref } from "../shapes";
import { person, summary } from "./shapes";

/** The answer to `inbox` and to `open` (one row). */
export const conversations = v.object({
  type: v.literal("conversations"),
  ref,
  rows: v.array(summary),
  next: v.optional(v.string()),
});

/** The answer to `profile`. */
export const saved = v.object({ type: v.literal("profile"), ref, me: person });
