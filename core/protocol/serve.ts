// One frame in, what became of it out. Everything that a device can cause has an outcome; a bug of ours is reported
// and is `try-again`. The outcome of what was asked is the answer. Of what was told nobody carries it back: where it is
// more than that it is done, it is pushed to who spoke, as a hint like every push.

import type { Caller } from "../domain/caller";
import type { Unreached } from "../domain/deliver";
import { hello } from "../domain/hello";
import { here } from "../domain/here";
import { history, type History } from "../domain/history";
import { inbox } from "../domain/inbox";
import { mark } from "../domain/mark";
import { open } from "../domain/open";
import type { Ports } from "../domain/ports/ports";
import { profile } from "../domain/profile";
import { Refusal, type RefusalCode } from "../domain/refusal";
import { send } from "../domain/send";
import { sync, type Page } from "../domain/sync";
import { typing } from "../domain/typing";
import { watch } from "../domain/watch";
import type { Down, DownFrame } from "./down";
import { fitting } from "./fit";
import { readUp } from "./read-up";
import type { Up, UpFrame } from "./up";
import { isTold } from "./told";
import { VERSION } from "./version";
import { wireAppended, wireEntry, wireSummary } from "./wire";

export type ServePorts = Ports & {
  /** Takes what was thrown and is no refusal. */
  readonly report: (error: unknown) => void;
};

export async function serveFrame(ports: ServePorts, caller: Caller, text: string): Promise<DownFrame> {
  const read = readUp(text);
  if (read.is === "refused") {
    const outcome = refused(read, read);
    if (read.isTold) await tellSpeaker(ports, caller, outcome);
    return outcome;
  }
  const outcome = await outcomeOf(ports, caller, read.frame);
  if (isTold(read.frame.action)) await tellSpeaker(ports, caller, outcome);
  return outcome;
}

async function outcomeOf(ports: ServePorts, caller: Caller, frame: UpFrame): Promise<DownFrame> {
  try {
    return await answer(ports, caller, frame);
  } catch (error) {
    const of = "ref" in frame ? frame : {};
    if (error instanceof Refusal) return refused(of, error);
    ports.report(error);
    return refused(of, new Refusal("try-again"));
  }
}

/** Done and nothing more is what silence says. */
async function tellSpeaker({ push }: Ports, { connection }: Caller, outcome: DownFrame): Promise<void> {
  if (outcome.type === "refused") {
    const { ref, code, delayMs } = outcome;
    await push.push(connection, { is: "refused", ref, code, delayMs });
  } else if (outcome.type === "ok" && outcome.unreached) {
    await push.push(connection, { is: "unreached", ref: outcome.ref });
  }
}

async function answer(ports: Ports, caller: Caller, frame: UpFrame): Promise<DownFrame> {
  switch (frame.action) {
    case "hello":
      return answerHello(ports, caller, frame);
    case "send":
      return answerSend(ports, caller, frame);
    case "sync":
      return pageOf(frame, await sync(ports, caller, frame));
    case "history":
      return historyOf(frame, await history(ports, caller, frame));
    case "mark":
      return okTo(frame, await mark(ports, caller, frame));
    case "here":
      await here(ports, caller, frame);
      return { type: "ok", ref: frame.ref };
    case "typing":
      await typing(ports, caller, frame);
      return { type: "ok", ref: frame.ref };
    case "watch":
      return { type: "presence", ref: frame.ref, ...(await watch(ports, caller, frame)) };
    case "inbox": {
      const { rows, next } = await inbox(ports, caller, frame);
      return { type: "conversations", ref: frame.ref, rows: rows.map(wireSummary), next };
    }
    case "open":
      return { type: "conversations", ref: frame.ref, rows: [wireSummary(await open(ports, caller, frame))] };
    case "profile":
      return { type: "profile", ref: frame.ref, me: await profile(ports, caller, frame) };
    case "ping":
      // The gateway answers it before it comes here, unless the backend has no route for it.
      return { type: "pong" };
    default:
      return frame satisfies never;
  }
}

async function answerHello(ports: Ports, caller: Caller, frame: Up<"hello">): Promise<DownFrame> {
  if (frame.version !== VERSION) throw new Refusal("version");
  const { user, me, now, rows, next } = await hello(ports, caller, frame);
  return { type: "welcome", ref: frame.ref, user, me, now, conversations: rows.map(wireSummary), next };
}

async function answerSend(ports: Ports, caller: Caller, frame: Up<"send">): Promise<DownFrame> {
  const sent = await send(ports, caller, frame);
  const appended = sent.appended.map(wireAppended);
  if (!sent.refusal) return { ...okTo(frame, sent.unreached), appended };
  return { ...refused({ ref: frame.ref }, sent.refusal), appended };
}

const okTo = ({ ref }: { readonly ref: string }, unreached: Unreached): Down<"ok"> => ({
  type: "ok",
  ref,
  ...(unreached && { unreached }),
});

/** The entries next to what was asked for; those that do not fit stay for the next page. */
function pageOf(frame: Up<"sync">, { conversation, entries, tail, floor, mine }: Page): Down<"page"> {
  const wire = entries.map(wireEntry);
  const page = { type: "page", ref: frame.ref, conversation, tail, mine } as const;
  if ("after" in frame) return { ...page, entries: wire.slice(0, fitting(wire)), floor };
  const kept = fitting([...wire].reverse());
  // The page that was cut does not reach the beginning.
  return { ...page, entries: wire.slice(wire.length - kept), floor: kept < wire.length ? 0 : floor };
}

/** The newest that fit; the rest is asked for from below the last of them. */
function historyOf({ ref }: Up<"history">, { conversation, seq, versions, more }: History): Down<"history"> {
  const kept = fitting(versions);
  return {
    type: "history",
    ref,
    conversation,
    seq,
    versions: versions.slice(0, kept),
    more: more || kept < versions.length,
  };
}

const refused = (
  { ref }: { readonly ref?: string },
  { code, delayMs }: { readonly code: RefusalCode; readonly delayMs?: number | undefined },
): Down<"refused"> => ({ type: "refused", ref, code, delayMs });
