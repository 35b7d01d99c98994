// One frame in, its answer out. Everything that a device can cause is answered; a bug of ours is reported and
// answered `try-again`.

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
import { Refusal } from "../domain/refusal";
import { send } from "../domain/send";
import { sync, type Page } from "../domain/sync";
import { typing } from "../domain/typing";
import { watch } from "../domain/watch";
import type { Down, DownFrame } from "./down";
import { fitting } from "./fit";
import { readUp } from "./read-up";
import type { Up, UpFrame } from "./up";
import { VERSION } from "./version";
import { wireAppended, wireEntry, wireSummary } from "./wire";

export type ServePorts = Ports & {
  /** Takes what was thrown and is no refusal. */
  readonly report: (error: unknown) => void;
};

export async function serveFrame(ports: ServePorts, caller: Caller, text: string): Promise<DownFrame> {
  const read = readUp(text);
  if (read.is === "refused") {
    return { type: "refused", ...(read.ref === undefined ? {} : { ref: read.ref }), code: read.code };
  }
  try {
    return await answer(ports, caller, read.frame);
  } catch (error) {
    const ref = "ref" in read.frame ? { ref: read.frame.ref } : {};
    if (error instanceof Refusal) return refused(ref, error);
    ports.report(error);
    return refused(ref, new Refusal("try-again"));
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
function pageOf(frame: Up<"sync">, { conversation, entries, tail, floor }: Page): Down<"page"> {
  const wire = entries.map(wireEntry);
  const page = { type: "page", ref: frame.ref, conversation, tail } as const;
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

function refused(ref: { readonly ref?: string }, { code, delayMs }: Refusal): Down<"refused"> {
  return { type: "refused", ...ref, code, ...(delayMs === undefined ? {} : { delayMs }) };
}
