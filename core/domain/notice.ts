// What is pushed to sockets. A hint, never the truth: the log is.

import type { Entry } from "./entry";
import type { ConversationId, UserId } from "./ids";
import type { Watermarks } from "./inbox-row";
import type { Presence } from "./person";

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
  | { readonly is: "presence"; readonly user: UserId; readonly presence: Presence };
