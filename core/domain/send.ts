import { append } from "./append";
import { applyToTarget } from "./apply-to-target";
import type { Caller } from "./caller";
import { checkDraft, type RawDraft } from "./check-draft";
import { deliver, type Unreached } from "./deliver";
import type { Draft, Entry } from "./entry";
import { hearersOf } from "./hearers";
import { isDeviceId, seqOf, type ConversationId, type DeviceId, type Seq } from "./ids";
import { SEND_ENTRIES } from "./limits";
import { requireMember } from "./known-conversation";
import type { Notice } from "./notice";
import type { Ports } from "./ports/ports";
import { Refusal } from "./refusal";
import { sever } from "./sever";
import { readStretch } from "./stretch";

export type SendRequest = {
  readonly conversation: string;
  readonly device: string;
  readonly after: number;
  readonly entries: readonly RawDraft[];
};

/** `refusal`: some went in; the next one could not be appended, and none after it was tried. */
export type Sent = {
  readonly appended: readonly Entry[];
  readonly refusal: Refusal | undefined;
  readonly unreached: Unreached;
};

export type SendPorts = Pick<
  Ports,
  "log" | "inbox" | "connections" | "watches" | "people" | "push" | "clock" | "pace"
>;

type Batch = {
  readonly conversation: ConversationId;
  readonly device: DeviceId;
  readonly after: Seq;
  readonly drafts: readonly Draft[];
};

/**
 * Appends one to twenty entries in their order, does what each of them asks for, and tells the devices of both
 * members.
 *
 * An entry that was already in is carried out and told again: the attempt that wrote it may have ended before it
 * came so far. What was appended is told even when something fails behind it.
 */
export async function send(ports: SendPorts, caller: Caller, request: SendRequest): Promise<Sent> {
  const batch = checkBatch(caller, request);
  const appended: Entry[] = [];
  let refusal: Refusal | undefined;
  let unreached = false;
  try {
    await appendAll(ports, caller, batch, appended);
  } catch (error) {
    if (!(error instanceof Refusal && appended.length > 0)) throw error;
    refusal = error;
  } finally {
    const last = appended.at(-1);
    const notice: Notice = { is: "entries", entries: appended };
    if (last) unreached = await deliver(ports, await hearersOf(ports, last), [notice], caller);
  }
  return { appended, refusal, unreached };
}

/** A batch with one bad entry is refused whole, before anything of it is stored. */
function checkBatch(caller: Caller, request: SendRequest): Batch {
  const conversation = requireMember(request.conversation, caller.user);
  const { device, entries } = request;
  if (!isDeviceId(device)) throw new Refusal("bad-frame");
  if (entries.length < 1 || entries.length > SEND_ENTRIES) throw new Refusal("bad-frame");
  if (new Set(entries.map((entry) => entry.id)).size < entries.length) throw new Refusal("bad-frame");
  return { conversation, device, after: seqOf(request.after), drafts: entries.map(checkDraft) };
}

/** Each draft goes on from the stretch that the one before it has left: one read for all of them. */
async function appendAll(ports: SendPorts, caller: Caller, batch: Batch, appended: Entry[]): Promise<void> {
  const { conversation, device, after, drafts } = batch;
  let stretch = await readStretch(ports, { conversation, user: caller.user, after });
  for (const draft of drafts) {
    const request = { conversation, from: caller.user, device, after, draft };
    const done = await append(ports, request, stretch);
    stretch = done.stretch;
    const place = appended.push(done.entry) - 1;
    appended[place] = await applyToTarget(ports, done.entry);
    await sever(ports, done.entry);
  }
}
