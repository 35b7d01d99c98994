// The entry that an acknowledged item of the outbox has become: what was sent, and where the server says it stands.

import type { DeviceId, UserId } from "../domain/ids";
import type { OutboxItem, StoredEntry } from "./ports/store";
import type { Appended } from "./told.types";

type Writer = { readonly from: UserId; readonly device: DeviceId };

/** Undefined for what points at nothing: that is never sent. */
export function entryOf(item: OutboxItem, at: Appended, writer: Writer): StoredEntry | undefined {
  const { conversation, id } = item;
  const placed = { conversation, id, seq: at.seq, at: at.at, tally: at.tally, state: at.state, ...writer };
  switch (item.kind) {
    case "message":
      return { kind: "message", body: item.body, ...placed };
    case "closed":
    case "opened":
      return { kind: item.kind, ...placed };
    case "edit":
    case "delete":
    case "reaction":
      return typeof item.target === "number" ? amendmentOf(item, item.target, placed) : undefined;
    default:
      return item satisfies never;
  }
}

type Amending = Extract<OutboxItem, { readonly kind: "edit" | "delete" | "reaction" }>;
type Placed = Omit<Extract<StoredEntry, { readonly kind: "opened" }>, "kind">;

function amendmentOf(item: Amending, target: Placed["seq"], placed: Placed): StoredEntry {
  switch (item.kind) {
    case "edit":
      return { kind: "edit", target, body: item.body, ...placed };
    case "delete":
      return { kind: "delete", target, ...placed };
    case "reaction":
      return {
        kind: "reaction",
        target,
        ...(item.emoji === undefined ? {} : { emoji: item.emoji }),
        ...placed,
      };
    default:
      return item satisfies never;
  }
}
