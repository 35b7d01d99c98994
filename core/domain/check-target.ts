import { mayAmend } from "./amend";
import type { Draft, Entry } from "./entry";
import { unexpired } from "./expiry";
import type { ConversationId, Seq, UserId } from "./ids";
import { EDIT_WITHIN_MS, MESSAGE_EDITS } from "./limits";
import type { Ports } from "./ports/ports";
import { Refusal } from "./refusal";
import type { Stretch } from "./stretch";

type Amending = {
  readonly conversation: ConversationId;
  readonly from: UserId;
  readonly draft: Draft;
};

/**
 * Refuses an amendment whose message is not there, is somebody else's, was deleted or is past editing. What
 * changes between this look and the append is settled when it is applied: see apply-to-target.ts.
 */
export async function checkTarget(
  ports: Pick<Ports, "log" | "clock">,
  { conversation, from, draft }: Amending,
  stretch: Stretch,
): Promise<void> {
  if (!("target" in draft)) return;
  const target = await entryAt(ports, conversation, draft.target, stretch);
  if (target?.kind === "erased" && target.was === "message") throw new Refusal("deleted");
  if (target?.kind !== "message") throw new Refusal("unknown-entry");
  if (!mayAmend(draft.kind, target.from, from)) throw new Refusal("not-yours");
  if (draft.kind !== "edit") return;
  const tooOld = ports.clock.now() - target.at > EDIT_WITHIN_MS;
  if (tooOld || (target.edits?.length ?? 0) >= MESSAGE_EDITS) throw new Refusal("cannot-edit");
}

async function entryAt(
  ports: Pick<Ports, "log" | "clock">,
  conversation: ConversationId,
  seq: Seq,
  stretch: Stretch,
): Promise<Entry | undefined> {
  const known = stretch.entries.find((entry) => entry.seq === seq);
  if (known) return known;
  const read = await ports.log.readFrom(conversation, seq, 1);
  const [entry] = unexpired(read, ports.clock.now());
  return entry?.seq === seq ? entry : undefined;
}
