import type { Caller } from "./caller";
import type { Message } from "./entry";
import { unexpired } from "./expiry";
import { seqOf, type ConversationId, type Seq } from "./ids";
import { requireMember } from "./known-conversation";
import { HISTORY_VERSIONS } from "./limits";
import type { Ports } from "./ports/ports";
import { Refusal } from "./refusal";

export type HistoryRequest = {
  readonly conversation: string;
  readonly seq: number;
  /** Only versions from below this slot: where the page before ended. */
  readonly below?: number | undefined;
};

/** `seq`: the slot of the edit that said it, or of the message itself for what it said at first. */
export type Version = { readonly seq: Seq; readonly at: number; readonly text: string };

/** The newest first. `more`: there are older ones, below the last of these. */
export type History = {
  readonly conversation: ConversationId;
  readonly seq: Seq;
  readonly versions: readonly Version[];
  readonly more: boolean;
};

type HistoryPorts = Pick<Ports, "log" | "clock">;

/** What a message has said so far. The message names its edits; each text stands in its own entry only. */
export async function history(
  ports: HistoryPorts,
  caller: Caller,
  request: HistoryRequest,
): Promise<History> {
  const conversation = requireMember(request.conversation, caller.user);
  const message = await messageAt(ports, conversation, seqOf(request.seq));
  const below = request.below ?? Infinity;
  const slots = [message.seq, ...(message.edits ?? [])].filter((slot) => slot < below);
  const newestFirst = slots.sort((one, other) => other - one);
  const page = newestFirst.slice(0, HISTORY_VERSIONS);
  const versions = await Promise.all(page.map((slot) => versionAt(ports, message, slot)));
  return {
    conversation,
    seq: message.seq,
    versions: versions.flatMap((version) => version ?? []),
    more: newestFirst.length > page.length,
  };
}

async function messageAt(ports: HistoryPorts, conversation: ConversationId, seq: Seq): Promise<Message> {
  const [entry] = unexpired(await ports.log.readFrom(conversation, seq, 1), ports.clock.now());
  if (entry?.seq === seq && entry.kind === "erased" && entry.was === "message") throw new Refusal("deleted");
  if (entry?.seq !== seq || entry.kind !== "message") throw new Refusal("unknown-entry");
  return entry;
}

/** Undefined when the text was erased a moment ago. */
async function versionAt({ log }: HistoryPorts, message: Message, slot: Seq): Promise<Version | undefined> {
  if (slot === message.seq) {
    const { text } = message.original ?? message.body;
    return { seq: slot, at: message.at, text };
  }
  const [entry] = await log.readFrom(message.conversation, slot, 1);
  if (entry?.seq !== slot || entry.kind !== "edit") return undefined;
  return { seq: slot, at: entry.at, text: entry.body.text };
}
