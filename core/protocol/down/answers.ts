import * as v from "valibot";
import { instant, ref } from "../shapes";
import { appended } from "./log";
import { refusalCode } from "./shapes";

/**
 * Done. `appended` answers a `send`, in its order. `unreached`: the server does not know of this socket any more, and no
 * push reaches it until it says `here`, or `hello`.
 */
export const ok = v.object({
  type: v.literal("ok"),
  ref,
  appended: v.optional(v.array(appended)),
  unreached: v.optional(v.literal(true)),
});

/**
 * Not done, and why. A `send` is refused at its first entry that cannot be appended: `appended` tells which
 * went before it. A frame too broken to have a `ref` is refused without one.
 */
export const refused = v.object({
  type: v.literal("refused"),
  ref: v.optional(ref),
  code: refusalCode,
  delayMs: v.optional(instant),
  appended: v.optional(v.array(appended)),
});

/** The socket is about to be closed. `delayMs`: when to come back; absent: do not. */
export const bye = v.object({
  type: v.literal("bye"),
  why: v.picklist(["replaced", "signed-out", "version", "maintenance"]),
  delayMs: v.optional(instant),
});

/** The gateway's answer to `ping`: no function, no `ref`. */
export const pong = v.object({ type: v.literal("pong") });
