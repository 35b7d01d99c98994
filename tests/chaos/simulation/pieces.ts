import type { ChatClientPorts } from "../../../core/client/chat-client";
import type { Caller } from "../../../core/domain/caller";
import type { Entry } from "../../../core/domain/entry";
import type { ConversationId } from "../../../core/domain/ids";
import { relay } from "../../../core/domain/relay";
import type { MemoryInbox } from "../../../core/testing/memory-inbox";
import { serveFrame, type ServePorts } from "../../../core/protocol/serve";

/** What a planted bug may put in the place of a piece of the product. All of it is the product's own otherwise. */
export type Pieces = {
  readonly serve: (ports: ServePorts, caller: Caller, text: string) => Promise<object>;
  readonly relay: typeof relay;
  /** The ports of one run of a function, each call of them already a crossing. Asked anew for every run. */
  readonly ports: (ports: ServePorts, bare: ServePorts) => ServePorts;
  readonly inbox?: MemoryInbox;
  /** All that a conversation holds in the end, where the log is not the product's. */
  readonly log?: (conversation: ConversationId) => readonly Entry[];
  /** What a tab is made from; `profile` names its browser. */
  readonly client: (ports: ChatClientPorts, profile: string) => ChatClientPorts;
};

export const PRODUCT: Pieces = {
  serve: serveFrame,
  relay,
  ports: (ports) => ports,
  client: (ports) => ports,
};
