// The way from nothing to a socket that was welcomed, as a pure step. The first socket goes it, and every one that
// replaces another while that one still serves.
//
//   asking ── token ──▶ opening ── opened ──▶ greeting ── greeted ──▶ welcomed
//      │                   │                     │
//      └──── unreachable, closed, overdue, alarm ┴──▶ failed

import type { ConnectionEffect } from "./connection-machine.types";
import type { AccessToken } from "./ports/tokens";

/** How long an answer may take before the line counts as dead. */
export const ANSWER_MS = 10_000;
/** Opening takes a handshake, a cold authorizer and a cold `$connect`. */
const OPENING_MS = 15_000;
/** A token that is refreshed on a bad network. */
const TOKEN_MS = 20_000;
/** API Gateway cuts every connection at two hours; the rest is room for trying again. */
export const SOCKET_MS = 110 * 60_000;
const BEFORE_EXPIRY_MS = 2 * 60_000;
/** Devices that came at the same moment do not all come back at the same moment. */
const RENEWAL_JITTER_MS = 5 * 60_000;
/** A user pool whose tokens hardly last must not cost a socket a minute. */
const SHORTEST_SOCKET_MS = 10 * 60_000;

/** What outlives a socket. */
export type Past = {
  /** Tries since the line was last steady. */
  readonly attempt: number;
  /** Ask for another token than the one that was just refused, or than the one that is about to end. */
  readonly fresh: boolean;
};

export type Coming = Past &
  (
    | { readonly is: "asking" }
    | { readonly is: "opening"; readonly token: AccessToken }
    | { readonly is: "greeting"; readonly token: AccessToken; readonly openedAt: number }
  );

export type ComingEvent =
  | { readonly is: "token"; readonly token: AccessToken | "ended" | "unreachable" }
  | { readonly is: "opened" }
  | { readonly is: "greeted"; readonly serverNow: number }
  | { readonly is: "failed" };

export type ComingStep =
  | {
      readonly is: "further";
      readonly coming: Coming;
      readonly effects: readonly ConnectionEffect[];
      readonly alarmMs: number;
    }
  | { readonly is: "welcomed"; readonly renewAt: number }
  | { readonly is: "failed"; readonly past: Past }
  /** Only signing in again helps. */
  | { readonly is: "ended" }
  /** The event belongs to another step of the way. */
  | { readonly is: "stays" };

const STAYS: ComingStep = { is: "stays" };

export const setOut = ({ attempt, fresh }: Past): Extract<ComingStep, { is: "further" }> => ({
  is: "further",
  coming: { is: "asking", attempt, fresh },
  effects: [{ is: "ask-token", fresh }],
  alarmMs: TOKEN_MS,
});

export function comeFurther(
  coming: Coming,
  event: ComingEvent,
  world: { readonly now: number; readonly chance: number },
): ComingStep {
  switch (event.is) {
    case "token":
      return coming.is === "asking" ? tokenCame(coming, event.token) : STAYS;
    case "opened":
      return coming.is === "opening" ? opened(coming, coming.token, world.now) : STAYS;
    case "greeted":
      return coming.is === "greeting"
        ? { is: "welcomed", renewAt: renewAt(coming.token, coming.openedAt, event.serverNow, world) }
        : STAYS;
    case "failed":
      return { is: "failed", past: afterFailure(coming) };
    default:
      return event satisfies never;
  }
}

function tokenCame({ attempt, fresh }: Past, token: AccessToken | "ended" | "unreachable"): ComingStep {
  if (token === "ended") return { is: "ended" };
  if (token === "unreachable") return { is: "failed", past: { attempt: attempt + 1, fresh } };
  return {
    is: "further",
    coming: { is: "opening", token, attempt, fresh },
    effects: [{ is: "open", jwt: token.jwt }],
    alarmMs: OPENING_MS,
  };
}

const opened = ({ attempt }: Past, token: AccessToken, now: number): ComingStep => ({
  is: "further",
  coming: { is: "greeting", token, attempt, fresh: false, openedAt: now },
  effects: [{ is: "say-hello" }],
  alarmMs: ANSWER_MS,
});

/**
 * By the device's clock, but reckoned from the server's: how long a token lasts follows from its end and from
 * what the server says the time is. The device's own clock may be wrong by hours.
 */
function renewAt(
  token: AccessToken,
  openedAt: number,
  serverNow: number,
  { now, chance }: { readonly now: number; readonly chance: number },
): number {
  const end = Math.min(openedAt + SOCKET_MS, now + (token.expiresAt - serverNow) - BEFORE_EXPIRY_MS);
  return Math.max(now + SHORTEST_SOCKET_MS, end - Math.floor(chance * RENEWAL_JITTER_MS));
}

/**
 * A handshake that was refused does not say why, so the next try takes a fresh token; one that was refused
 * with a fresh token was not refused for its token, so the try after that takes what there is.
 */
const afterFailure = ({ is, attempt, fresh }: Coming): Past => ({
  attempt: attempt + 1,
  fresh: is === "opening" && !fresh,
});
