// Every frame that the server sends. A device ignores a `type` and a field that it does not know, so that the
// server can be released first.

import type * as v from "valibot";
import { bye, ok, pong, refused } from "./answers";
import { welcome } from "./hello";
import { versions } from "./history";
import { conversations, saved } from "./inbox";
import { page, pushedEntries } from "./log";
import { marks } from "./marks";
import { presence, pushedTyping } from "./presence";

export const DOWN = {
  welcome,
  ok,
  refused,
  entries: pushedEntries,
  page,
  history: versions,
  conversations,
  profile: saved,
  marks,
  typing: pushedTyping,
  presence,
  bye,
  pong,
} as const;

export type DownType = keyof typeof DOWN;
export type DownFrame = { [T in DownType]: v.InferOutput<(typeof DOWN)[T]> }[DownType];
export type Down<T extends DownType> = v.InferOutput<(typeof DOWN)[T]>;
