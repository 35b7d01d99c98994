// What is pushed to sockets. A hint, never the truth: the log is.

import type { Entry } from "./entry";
import type { ConversationId, UserId } from "./ids";
import type { Watermarks } from "./inbox-row";
import type { Presence } from "./person";
import type { RefusalCode } from "./refusal";

export type Notice =
  /** Of one conversation, in their order; never none. */
  | { readonly is: "entries"; readonly entries: readonly Entry[] }
  | {
      readonly is: "marks";
      readonly conversation: ConversationId;
      readonly user: UserId;
      readonly marks: Watermarks;
    }
  | {
      readonly is: "typing";
      readonly conversation: ConversationId;
      readonly user: UserId;
      readonly typing: boolean;
    }
  | { readonly is: "presence"; readonly user: UserId; readonly presence: Presence }
  /** To the socket that spoke, of a frame that has no answer: it was not done. */
  | {
      readonly is: "refused";
      readonly ref: string | undefined;
      readonly code: RefusalCode;
      readonly delayMs: number | undefined;
    }
  /** The same, of one that was done: the socket has no row, and other pushes do not reach it. */
  | { readonly is: "unreached"; readonly ref: string };
