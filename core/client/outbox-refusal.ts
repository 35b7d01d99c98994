// What becomes of an item of the outbox when the server says no for good.
//
//   a message           stays, says why, and can be sent again or thrown away; what was about it is taken into it
//   an edit, a delete   stay and say why, unless what they were about is gone: then they have nothing left to do
//   a reaction, a block nothing is lost with them: they go

import type { EntryId } from "../domain/ids";
import { targetOf, type Pending } from "./outbox";
import type { FailureCode, OutboxItem } from "./ports/store";

export type AfterRefusal = {
  readonly pending: readonly Pending[];
  /** To be written, and to be thrown away. */
  readonly changed: readonly EntryId[];
  readonly gone: readonly EntryId[];
};

export function refusedFor(pending: readonly Pending[], id: EntryId, code: FailureCode): AfterRefusal {
  const item = pending.find((one) => one.item.id === id)?.item;
  if (!item) return { pending, changed: [], gone: [] };
  const isOver = code === "deleted" || code === "unknown-entry";
  switch (item.kind) {
    case "message":
      return failedMessage(pending, item, code);
    case "edit":
    case "delete":
      return isOver ? without(pending, [id]) : replaced(pending, failed(item, code), []);
    case "reaction":
    case "closed":
    case "opened":
      return without(pending, [id]);
    default:
      return item satisfies never;
  }
}

type MessageItem = Extract<OutboxItem, { readonly kind: "message" }>;

/** It never was in the log, so nobody but this device knows of it: it takes its last edit, or goes. */
function failedMessage(pending: readonly Pending[], item: MessageItem, code: FailureCode): AfterRefusal {
  const about = pending.map((one) => one.item).filter((one) => targetOf(one) === item.id);
  const ids = about.map(({ id }) => id);
  if (about.some(({ kind }) => kind === "delete")) return without(pending, [item.id, ...ids]);
  const edit = about.filter((one) => one.kind === "edit").at(-1);
  return replaced(pending, failed(edit ? { ...item, body: edit.body } : item, code), ids);
}

const failed = (item: OutboxItem, code: FailureCode): OutboxItem => ({
  ...item,
  state: { is: "failed", code },
});

function replaced(pending: readonly Pending[], item: OutboxItem, gone: readonly EntryId[]): AfterRefusal {
  const rest = pending.filter((one) => !gone.includes(one.item.id));
  const next = rest.map((one) => (one.item.id === item.id ? { ...one, item } : one));
  return { pending: next, changed: [item.id], gone };
}

const without = (pending: readonly Pending[], gone: readonly EntryId[]): AfterRefusal => ({
  pending: pending.filter((one) => !gone.includes(one.item.id)),
  changed: [],
  gone,
});
