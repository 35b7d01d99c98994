import * as v from "valibot";
import { conversation, id } from "../shapes";
import { marks as watermarks } from "./shapes";

/** Somebody's watermarks rose: the other's, or one's own on another device. */
export const marks = v.object({
  type: v.literal("marks"),
  conversation,
  user: id,
  marks: watermarks,
});
