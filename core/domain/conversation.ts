// A direct conversation is named after its members, so membership is a pure function of the name:
// nothing to look up, nothing to forge. Rooms (`r.`) and threads (`t.`) will keep member rows instead.

import { isUserId, type ConversationId, type UserId } from "./ids";

/** The name of the conversation of two people; the same from either side. */
export function directConversation(one: UserId, other: UserId): ConversationId {
  if (one === other) throw new RangeError("unable to name a conversation; it takes two people");
  const [first, second] = one < other ? [one, other] : [other, one];
  return `d.${first}.${second}` as ConversationId;
}

/** The members of a direct conversation, in order; undefined when the text names none. */
export function membersOf(conversation: string): readonly [UserId, UserId] | undefined {
  const [kind, first, second, ...rest] = conversation.split(".");
  if (kind !== "d" || first === undefined || second === undefined || rest.length > 0) return undefined;
  if (!isUserId(first) || !isUserId(second) || first >= second) return undefined;
  return [first, second];
}

/** The name as an id, if `user` is a member of it. The one gate to a conversation. */
export function conversationOf(text: string, user: UserId): ConversationId | undefined {
  return membersOf(text)?.includes(user) ? (text as ConversationId) : undefined;
}

/** The other one in a direct conversation. */
export function peerOf(conversation: ConversationId, user: UserId): UserId {
  const members = membersOf(conversation);
  const peer = members?.find((member) => member !== user);
  if (!peer || !members?.includes(user))
    throw new RangeError("unable to name the peer; this user is not a member");
  return peer;
}
