import * as v from "valibot";
import { device, ref, version } from "./shapes";

/** First frame of a socket. */
export const hello = v.strictObject({
  action: v.literal("hello"),
  ref,
  device,
  version,
});
