// Where the next page of a list of conversations begins, as a text that travels to the device and back. It names
// the last row of the page before; the user in the key is always the caller, whatever the text says.

import * as v from "valibot";
import { conversationOf } from "../../../core/domain/conversation";
import type { UserId } from "../../../core/domain/ids";
import type { InboxRow } from "../../../core/domain/inbox-row";
import { Refusal } from "../../../core/domain/refusal";
import type { Row } from "./attribute-values";

const place = v.strictTuple([v.pipe(v.number(), v.safeInteger(), v.minValue(0)), v.string()]);

export function nextOf({ activeAt, conversation }: InboxRow): string {
  return Buffer.from(JSON.stringify([activeAt, conversation])).toString("base64url");
}

export function startAfterOf(next: string, user: UserId): Row {
  const parsed = v.safeParse(place, decoded(next));
  if (!parsed.success) throw new Refusal("bad-frame");
  const [activeAt, text] = parsed.output;
  const conversation = conversationOf(text, user);
  if (!conversation) throw new Refusal("bad-frame");
  return { user, conversation, activeAt };
}

function decoded(next: string): unknown {
  try {
    return JSON.parse(Buffer.from(next, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
