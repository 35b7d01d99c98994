// What the attributes of our rows may be: read back from the tables, they are checked into the domain's types.

import * as v from "valibot";
import { isEmoji, type Emoji } from "../../../core/domain/emoji";
import { isDeviceId, isEntryId, isHandle, isSeq, isUserId } from "../../../core/domain/ids";
import type {
  ConnectionId,
  ConversationId,
  DeviceId,
  EntryId,
  Handle,
  Seq,
  UserId,
} from "../../../core/domain/ids";
import { membersOf } from "../../../core/domain/conversation";

const text = <T extends string>(is: (text: string) => boolean) =>
  v.custom<T>((value) => typeof value === "string" && is(value));

export const userId = text<UserId>(isUserId);
export const entryId = text<EntryId>(isEntryId);
export const deviceId = text<DeviceId>(isDeviceId);
export const handle = text<Handle>(isHandle);
export const conversationId = text<ConversationId>((name) => membersOf(name) !== undefined);
/** API Gateway made it; there is nothing of ours to check. */
export const connectionId = text<ConnectionId>(() => true);
export const seq = v.custom<Seq>((value) => typeof value === "number" && isSeq(value));
export const emoji = text<Emoji>(isEmoji);
export const tally = v.record(userId, v.number());
