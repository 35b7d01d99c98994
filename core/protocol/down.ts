// Every frame that the server sends. A device ignores a `type` and a field that it does not know, so that the
// server can be released first.
//
// They stand in a folder of their own because the functions never read one: a schema is made when its file is loaded,
// called or not, and these would be two of the sixty KB that a cold start reads.

import type * as v from "valibot";
import { bye, ok, pong, refused } from "./down/answers";
import { welcome } from "./down/hello";
import { versions } from "./down/history";
import { conversations, saved } from "./down/inbox";
import { page, pushedEntries } from "./down/log";
import { marks } from "./down/marks";
import { presence, pushedTyping } from "./down/presence";

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
