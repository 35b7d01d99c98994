// Where what the server says enters the client: parsed once, trusted from here on.

import { safeParse } from "valibot";
import { membersOf } from "../domain/conversation";
import { isDeviceId, isEntryId, isHandle, isUserId } from "../domain/ids";
import { DOWN, type Down, type DownFrame, type DownType } from "../protocol/down";
import type { Told } from "./told.types";

/** "unknown": a type that this device does not know, to be ignored. "broken": not a frame at all. */
export function readFrame(text: string): Told | "unknown" | "broken" {
  const value = parsed(text);
  if (typeof value !== "object" || value === null) return "broken";
  if (!("type" in value)) return isGatewayError(value) ? { type: "gateway-error" } : "broken";
  if (!isDownType(value.type)) return "unknown";
  const result = safeParse(DOWN[value.type], value);
  // Each schema of DOWN makes the frame of its own type, and `namesAreProven` has looked at every id in it.
  return result.success && namesAreProven(result.output) ? (result.output as unknown as Told) : "broken";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `{"message": "Internal server error", "connectionId": …, "requestId": …}`: of the gateway, not of ours. */
const isGatewayError = (value: object): boolean =>
  "message" in value && typeof value.message === "string" && "requestId" in value;

const isDownType = (type: unknown): type is DownType => typeof type === "string" && Object.hasOwn(DOWN, type);

function namesAreProven(frame: DownFrame): boolean {
  switch (frame.type) {
    case "welcome":
      return (
        isUserId(frame.user) && (!frame.me || isPerson(frame.me)) && frame.conversations.every(isSummary)
      );
    case "ok":
    case "refused":
      return (frame.appended ?? []).every(({ id }) => isEntryId(id));
    case "entries":
      return frame.entries.every(isEntry);
    case "history":
      return isConversation(frame.conversation);
    case "page":
      return isConversation(frame.conversation) && frame.entries.every(isEntry);
    case "conversations":
      return frame.rows.every(isSummary);
    case "profile":
      return isPerson(frame.me);
    case "marks":
    case "typing":
      return isConversation(frame.conversation) && isUserId(frame.user);
    case "presence":
      return isUserId(frame.user);
    case "bye":
    case "pong":
      return true;
    default:
      return frame satisfies never;
  }
}

type WireEntry = Down<"entries">["entries"][number];
type WireSummary = Down<"welcome">["conversations"][number];

const isConversation = (text: string) => membersOf(text) !== undefined;
const isPerson = ({ user, handle }: { user: string; handle: string }) => isUserId(user) && isHandle(handle);
const isEntry = (entry: WireEntry) =>
  isConversation(entry.conversation) &&
  isEntryId(entry.id) &&
  isUserId(entry.from) &&
  isDeviceId(entry.device) &&
  (entry.kind !== "message" || Object.keys(entry.reactions ?? {}).every(isUserId));
const isSummary = ({ conversation, peer, tail }: WireSummary) =>
  isConversation(conversation) && isPerson(peer) && (!tail || isEntry(tail));
