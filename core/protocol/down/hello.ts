import * as v from "valibot";
import { id, instant, ref } from "../shapes";
import { person, summary } from "./shapes";

/**
 * The answer: who you are, and the most recently active conversations with their tails. `me` is absent until
 * the person has a profile: say `profile`.
 */
export const welcome = v.object({
  type: v.literal("welcome"),
  ref,
  user: id,
  me: v.optional(person),
  now: instant,
  conversations: v.array(summary),
  next: v.optional(v.string()),
});
