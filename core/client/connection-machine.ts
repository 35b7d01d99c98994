// The line to the server as a pure step: (state, event) -> state and effects. It opens no socket and reads no
// clock; connection.ts does what it says. What is said over the line is not its business but for `hello`.
//
//            start    ┌───── coming.ts ──────┐ welcomed                  all read
//   idle ───────────▶ │ asking ▶ … ▶ greeting│ ────────▶ catching-up ──────────────▶ live
//                     └──────────────────────┘                │      closed, overdue, │
//              alarm, wake ▲            │ failed              │   alarm unanswered    │
//                          │            ▼                     ▼                       ▼
//                          └───────── waiting ◀───────────────────────────────────────┘
//
//                    renewal is due                       welcomed: hand over
//   catching-up, live ────────────▶ renewing (up + coming) ──────────────────▶ catching-up, live
//                     ◀──────────── failed: later again
//                                   up closed ▶ coming goes on alone
//   any but idle and stopped: no network ──▶ offline ── network ──▶ asking
//   any: token "ended", `bye` that names no time, refused `version` ──▶ stopped ── by hand ──▶ asking
//
// Each state has at most one alarm; entering a state sets it or ends the one before. While renewing it is the
// coming socket's: what that one proves within seconds need not be asked of the other.

import { backoffMs, STEADY_MS } from "./backoff";
import { comeFurther, setOut, SOCKET_MS, type Coming, type ComingEvent, type Past } from "./coming";
import type {
  ConnectionEffect,
  ConnectionEvent,
  ConnectionState,
  Step,
  StepWorld,
  Up,
  Which,
} from "./connection-machine.types";
import type { ConnectionView, StopReason } from "./views";

/** Where somebody may be looking, a dead socket is found out in this and PONG_MS: 65 s. */
export const SILENCE_MS = 60_000;
/** Elsewhere: API Gateway cuts what was silent for ten minutes, and hidden pages wake up to a minute late. */
export const HIDDEN_SILENCE_MS = 8 * 60_000;
/** How long `pong` may take: no function runs for it. */
export const PONG_MS = 5_000;

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
    case "opened":
    case "greeted":
      return further(state, event, world);
    case "closed":
    case "overdue":
      return ended(state, event.which, world);
    case "caught-up":
      return caughtUp(state);
    case "heard":
      return isUp(state) ? listen({ ...state, checking: false }, world) : same(state);
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
    case "renewing":
      return further(state, { is: "failed" }, world);
    case "catching-up":
    case "live":
      if (state.checking) return lost(state, world);
      return world.now >= state.renewAt ? renew(state) : check(state, world);
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
  if (!isUp(state) || state.checking) return same(state);
  return world.now >= state.renewAt ? renew(state) : check(state, world);
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
  const { coming, effects, alarmMs } = setOut(past);
  return { state: coming, effects, alarmMs };
}

/** The old socket serves on. The token that it came with is about to end. */
function renew(up: Up): Step {
  const { coming, effects, alarmMs } = setOut({ attempt: 0, fresh: true });
  return { state: { is: "renewing", up, coming }, effects, alarmMs };
}

function further(state: ConnectionState, event: ComingEvent, world: StepWorld): Step {
  const up = state.is === "renewing" ? state.up : undefined;
  const coming = state.is === "renewing" ? state.coming : state;
  if (!isComing(coming)) return same(state);
  const next = comeFurther(coming, event, world);
  switch (next.is) {
    case "further": {
      const { coming: on, effects, alarmMs } = next;
      return { state: up ? { is: "renewing", up, coming: on } : on, effects, alarmMs };
    }
    case "welcomed": {
      const is = up?.is ?? "catching-up";
      const { renewAt } = next;
      const fresh: Up = { is, since: world.now, renewAt, checking: false, attempt: coming.attempt };
      return { ...listen(fresh, world), effects: [{ is: "hand-over" }] };
    }
    case "failed":
      return up ? renewLater(up, next.past, world) : wait(next.past, world, [{ is: "drop", which: "both" }]);
    case "ended":
      return stop("session-ended");
    case "stays":
      return same(state);
    default:
      return next satisfies never;
  }
}

/** There are minutes left until the cut: enough for many tries. */
function renewLater(up: Up, { attempt }: Past, world: StepWorld): Step {
  const later = { ...up, renewAt: world.now + backoffMs(attempt + 4, world.chance) };
  return { ...check(later, world), effects: [{ is: "drop", which: "coming" }, { is: "ping" }] };
}

function ended(state: ConnectionState, which: Which, world: StepWorld): Step {
  if (which === "coming") return further(state, { is: "failed" }, world);
  if (state.is === "renewing")
    return { state: state.coming, effects: [{ is: "drop", which: "up" }], alarmMs: "keep" };
  return isUp(state) ? lost(state, world) : same(state);
}

function lost(up: Up, world: StepWorld): Step {
  const wasSteady = world.now - up.since >= STEADY_MS;
  const past = { attempt: wasSteady ? 0 : up.attempt + 1, fresh: false };
  return wait(past, world, [{ is: "drop", which: "both" }]);
}

function wait(past: Past, world: StepWorld, effects: readonly ConnectionEffect[], leastMs = 0): Step {
  if (!world.online) return goOffline();
  const delayMs = leastMs + backoffMs(past.attempt, world.chance);
  return { state: { is: "waiting", retryAt: world.now + delayMs, ...past }, effects, alarmMs: delayMs };
}

type Bye = { readonly why: StopReason; readonly delayMs?: number };

function bye(state: ConnectionState, { why, delayMs }: Bye, world: StepWorld): Step {
  if (!isUp(state) && !isComing(state) && state.is !== "renewing") return same(state);
  if (delayMs === undefined) return stop(why);
  return wait(FIRST, world, [{ is: "drop", which: "both" }], delayMs);
}

function caughtUp(state: ConnectionState): Step {
  if (state.is === "renewing") return same({ ...state, up: { ...state.up, is: "live" } });
  return state.is === "catching-up" ? same({ ...state, is: "live" }) : same(state);
}

/** A clock that was set back must not put the renewal off past the cut. */
function check(up: Up, world: StepWorld): Step {
  const renewAt = Math.min(up.renewAt, world.now + SOCKET_MS);
  return { state: { ...up, renewAt, checking: true }, effects: [{ is: "ping" }], alarmMs: PONG_MS };
}

function listen(up: Up, { now, visible }: StepWorld): Step {
  const silenceMs = visible ? SILENCE_MS : HIDDEN_SILENCE_MS;
  return { state: up, effects: [], alarmMs: Math.max(0, Math.min(silenceMs, up.renewAt - now)) };
}

const DROP_ALL: readonly ConnectionEffect[] = [{ is: "drop", which: "both" }];
const stop = (why: StopReason): Step => ({
  state: { is: "stopped", why },
  effects: DROP_ALL,
  alarmMs: undefined,
});
const goOffline = (): Step => ({ state: { is: "offline" }, effects: DROP_ALL, alarmMs: undefined });
const same = (state: ConnectionState): Step => ({ state, effects: [], alarmMs: "keep" });

const isUp = (state: ConnectionState): state is Up => state.is === "catching-up" || state.is === "live";
const isComing = (state: ConnectionState): state is Coming =>
  state.is === "asking" || state.is === "opening" || state.is === "greeting";

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
    case "renewing":
      return connectionView(state.up);
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
