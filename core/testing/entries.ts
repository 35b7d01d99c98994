import { seqOf, type ConversationId, type DeviceId, type EntryId, type UserId } from "../domain/ids";
import type { Message as MessageEntry } from "../domain/entry";

type Message = {
  readonly conversation: ConversationId;
  readonly seq: number;
  readonly id: EntryId;
  readonly from: UserId;
  readonly device: DeviceId;
  readonly text?: string;
  readonly at?: number;
};

/** A message as the log holds it. Its tally counts every slot before it as the sender's. */
export const messageEntry = (message: Message): MessageEntry => ({
  kind: "message",
  conversation: message.conversation,
  seq: seqOf(message.seq),
  id: message.id,
  from: message.from,
  device: message.device,
  body: { text: message.text ?? `message ${message.seq}` },
  at: message.at ?? 1_767_225_600_000 + message.seq,
  tally: { [message.from]: message.seq },
  state: { is: "open" },
  bumpedAt: 1_767_225_600_000,
});
