// The line to the server as a pure step: (state, event) -> state and effects. It opens no socket and reads no
// clock; connection.ts does what it says. What is said over the line is not its business but for `hello`.
//
//            start                     token                opened              greeted
//   idle ──────────▶ asking ──────────────▶ opening ───────────▶ greeting ───────────▶ catching-up ──▶ live
//                     ▲  ▲ │                   │ closed, alarm       │ closed, alarm,       │  caught-up │
//            alarm,   │  │ │ unreachable,      │ (fresh token next)  │ overdue              │            │
//            wake     │  │ │ alarm             ▼                     ▼                      ▼            ▼
//                     │  │ └───────────▶ waiting ◀──────────────────────── closed, overdue, alarm unanswered
//                     │  └─────────────────┘                                                              │
//                     └──────────────────────────────────────────────────── renewal (before the cut) ◀────┘
//   any but idle and stopped: no network ──▶ offline ── network ──▶ asking
//   any: token "ended", `bye` that names no time, refused `version` ──▶ stopped ── by hand ──▶ asking
//
// Each state has at most one alarm; entering a state sets it or ends the one before.

import { backoffMs, STEADY_MS } from "./backoff";
import type { AccessToken } from "./ports/tokens";
import type { ConnectionView } from "./views";

/** How long an answer may take before the line counts as dead. */
export const ANSWER_MS = 10_000;
/** Opening takes a handshake, a cold authorizer and a cold `$connect`. */
const OPENING_MS = 15_000;
/** A token that is refreshed on a bad network. */
const TOKEN_MS = 20_000;
/** API Gateway cuts a connection that was silent for ten minutes. */
export const SILENCE_MS = 5 * 60_000;
/** How long `pong` may take: no function runs for it. */
export const PONG_MS = 5_000;
/** API Gateway cuts every connection at two hours; the rest is room for jitter. */
const SOCKET_MS = 110 * 60_000;
const BEFORE_EXPIRY_MS = 2 * 60_000;
const RENEWAL_JITTER_MS = 5 * 60_000;
/** A device whose clock is wrong takes every token for expired; this bounds how often that costs a socket. */
const SHORTEST_SOCKET_MS = 10 * 60_000;

export type StopReason = Extract<ConnectionView, { is: "stopped" }>["why"];

/** What outlives a socket. */
type Past = {
  /** Tries since the line was last steady. */
  readonly attempt: number;
  /** Ask for another token than the one that was just refused. */
  readonly fresh: boolean;
};

type Talking = Past & { readonly renewAt: number };

export type ConnectionState =
  | { readonly is: "idle" }
  | ({ readonly is: "asking" } & Past)
  | ({ readonly is: "opening"; readonly token: AccessToken } & Past)
  | ({ readonly is: "greeting" } & Talking)
  | ({ readonly is: "catching-up" | "live"; readonly since: number; readonly checking: boolean } & Talking)
  | ({ readonly is: "waiting"; readonly retryAt: number } & Past)
  | { readonly is: "offline" }
  | { readonly is: "stopped"; readonly why: StopReason };

export type ConnectionEvent =
  | { readonly is: "start" | "reconnect-now" | "opened" | "closed" | "greeted" | "caught-up" | "heard" }
  /** Something that was asked has had no answer. */
  | { readonly is: "overdue" }
  | { readonly is: "alarm" }
  | { readonly is: "token"; readonly token: AccessToken | "ended" | "unreachable" }
  | { readonly is: "network"; readonly online: boolean }
  /** Somebody looks at the page again. */
  | { readonly is: "wake" }
  | { readonly is: "bye"; readonly why: StopReason; readonly delayMs?: number }
  | { readonly is: "outdated" };

export type ConnectionEffect =
  | { readonly is: "ask-token"; readonly fresh: boolean }
  | { readonly is: "open"; readonly jwt: string }
  | { readonly is: "say-hello" }
  | { readonly is: "ping" }
  | { readonly is: "drop" };

export type Step = {
  readonly state: ConnectionState;
  readonly effects: readonly ConnectionEffect[];
  /** The alarm of the state, from now; "keep": the one that is set; undefined: none. */
  readonly alarmMs: number | "keep" | undefined;
};

export type StepWorld = { readonly now: number; readonly chance: number; readonly online: boolean };

const FIRST: Past = { attempt: 0, fresh: false };

export function step(state: ConnectionState, event: ConnectionEvent, world: StepWorld): Step {
  switch (event.is) {
    case "start":
      return state.is === "idle" ? ask(FIRST, world) : same(state);
    case "reconnect-now":
      return reconnectNow(state, world);
    case "network":
      return network(state, event.online, world);
    case "token":
      return state.is === "asking" ? tokenCame(state, event.token, world) : same(state);
    case "opened":
      return state.is === "opening" ? opened(state, world) : same(state);
    case "greeted":
      return state.is === "greeting" ? greeted(state, world) : same(state);
    case "caught-up":
      return state.is === "catching-up" ? same({ ...state, is: "live" }) : same(state);
    case "heard":
      return isUp(state) ? stay({ ...state, checking: false }, quietMs(state, world)) : same(state);
    case "closed":
    case "overdue":
      return hasSocket(state) ? lost(state, world) : same(state);
    case "alarm":
      return alarm(state, world);
    case "wake":
      return wake(state, world);
    case "bye":
      return bye(state, event, world);
    case "outdated":
      return stop("version");
    default:
      return event satisfies never;
  }
}

function alarm(state: ConnectionState, world: StepWorld): Step {
  switch (state.is) {
    case "asking":
    case "opening":
    case "greeting":
      return lost(state, world);
    case "catching-up":
    case "live":
      if (state.checking) return lost(state, world);
      if (world.now >= state.renewAt) return renew(world);
      return check(state);
    case "waiting":
      return ask(state, world);
    case "idle":
    case "offline":
    case "stopped":
      return same(state);
    default:
      return state satisfies never;
  }
}

/** A page that sleeps for an hour finds a socket that looks open and is not: ask, and do not wait for long. */
function wake(state: ConnectionState, world: StepWorld): Step {
  if (state.is === "waiting") return ask(state, world);
  return isUp(state) && !state.checking ? check(state) : same(state);
}

function reconnectNow(state: ConnectionState, world: StepWorld): Step {
  if (state.is === "waiting" || state.is === "offline") return ask(FIRST, world);
  if (state.is === "stopped") return ask({ attempt: 0, fresh: true }, world);
  return wake(state, world);
}

function network(state: ConnectionState, online: boolean, world: StepWorld): Step {
  if (state.is === "idle" || state.is === "stopped") return same(state);
  if (!online) return state.is === "offline" ? same(state) : goOffline();
  return state.is === "offline" ? ask(FIRST, world) : wake(state, world);
}

function ask(past: Past, world: StepWorld): Step {
  if (!world.online) return goOffline();
  const { attempt, fresh } = past;
  return {
    state: { is: "asking", attempt, fresh },
    effects: [{ is: "ask-token", fresh }],
    alarmMs: TOKEN_MS,
  };
}

function tokenCame(past: Past, token: AccessToken | "ended" | "unreachable", world: StepWorld): Step {
  if (token === "ended") return stop("session-ended");
  if (token === "unreachable") return wait({ attempt: past.attempt + 1, fresh: false }, world, []);
  return {
    state: { is: "opening", token, attempt: past.attempt, fresh: past.fresh },
    effects: [{ is: "open", jwt: token.jwt }],
    alarmMs: OPENING_MS,
  };
}

function opened({ token, attempt }: Past & { readonly token: AccessToken }, world: StepWorld): Step {
  const end = Math.min(world.now + SOCKET_MS, token.expiresAt - BEFORE_EXPIRY_MS);
  const renewAt = Math.max(world.now + SHORTEST_SOCKET_MS, end - world.chance * RENEWAL_JITTER_MS);
  return {
    state: { is: "greeting", attempt, fresh: false, renewAt },
    effects: [{ is: "say-hello" }],
    alarmMs: ANSWER_MS,
  };
}

function greeted({ attempt, renewAt }: Talking, world: StepWorld): Step {
  const state = {
    is: "catching-up",
    attempt,
    fresh: false,
    renewAt,
    since: world.now,
    checking: false,
  } as const;
  return stay(state, quietMs(state, world));
}

/** The plain kind: the line is down for a moment. */
const renew = (world: StepWorld): Step => {
  const next = ask({ attempt: 0, fresh: true }, world);
  return { ...next, effects: [{ is: "drop" }, ...next.effects] };
};

const check = (state: Up): Step => ({
  state: { ...state, checking: true },
  effects: [{ is: "ping" }],
  alarmMs: PONG_MS,
});

/**
 * A handshake that was refused does not say why, so the next try takes a fresh token; one that was refused
 * with a fresh token was not refused for its token, so the try after that takes what there is.
 */
function lost(state: WithSocket | Extract<ConnectionState, { is: "asking" }>, world: StepWorld): Step {
  const wasSteady = isUp(state) && world.now - state.since >= STEADY_MS;
  const attempt = wasSteady ? 0 : state.attempt + 1;
  const fresh = state.is === "opening" && !state.fresh;
  return wait({ attempt, fresh }, world, [{ is: "drop" }]);
}

function wait(past: Past, world: StepWorld, effects: readonly ConnectionEffect[], leastMs = 0): Step {
  if (!world.online) return goOffline();
  const delayMs = leastMs + backoffMs(past.attempt, world.chance);
  return { state: { is: "waiting", retryAt: world.now + delayMs, ...past }, effects, alarmMs: delayMs };
}

type Bye = { readonly why: StopReason; readonly delayMs?: number };

function bye(state: ConnectionState, { why, delayMs }: Bye, world: StepWorld): Step {
  if (!hasSocket(state)) return same(state);
  if (delayMs === undefined) return stop(why);
  return wait({ attempt: 0, fresh: false }, world, [{ is: "drop" }], delayMs);
}

const stop = (why: StopReason): Step => ({
  state: { is: "stopped", why },
  effects: [{ is: "drop" }],
  alarmMs: undefined,
});
const goOffline = (): Step => ({ state: { is: "offline" }, effects: [{ is: "drop" }], alarmMs: undefined });
const same = (state: ConnectionState): Step => stay(state, "keep");
const stay = (state: ConnectionState, alarmMs: number | "keep"): Step => ({ state, effects: [], alarmMs });

type Up = Extract<ConnectionState, { is: "catching-up" | "live" }>;
type WithSocket = Extract<ConnectionState, { is: "opening" | "greeting" }> | Up;
const isUp = (state: ConnectionState): state is Up => state.is === "catching-up" || state.is === "live";
const hasSocket = (state: ConnectionState): state is WithSocket =>
  isUp(state) || state.is === "opening" || state.is === "greeting";

const quietMs = (state: Talking, world: StepWorld): number =>
  Math.max(0, Math.min(SILENCE_MS, state.renewAt - world.now));

/** What the person is told. */
export function connectionView(state: ConnectionState): ConnectionView {
  switch (state.is) {
    case "idle":
    case "asking":
    case "opening":
      return { is: "connecting" };
    case "greeting":
    case "catching-up":
      return { is: "catching-up" };
    case "live":
    case "offline":
      return { is: state.is };
    case "waiting":
      return { is: "reconnecting", retryAt: state.retryAt };
    case "stopped":
      return { is: "stopped", why: state.why };
    default:
      return state satisfies never;
  }
}
