// Every frame that a device sends. `action` selects the route. Fields that are not named here are refused.

import type * as v from "valibot";
import { hello } from "./hello";
import { history } from "./history";
import { inbox, open, profile } from "./inbox";
import { send, sync } from "./log";
import { mark } from "./marks";
import { here, ping, typing, watch } from "./presence";

export const UP = {
  hello,
  send,
  sync,
  history,
  mark,
  here,
  typing,
  watch,
  inbox,
  open,
  profile,
  ping,
} as const;

export type UpAction = keyof typeof UP;
export type UpFrame = { [A in UpAction]: v.InferOutput<(typeof UP)[A]> }[UpAction];
export type Up<A extends UpAction> = v.InferOutput<(typeof UP)[A]>;
