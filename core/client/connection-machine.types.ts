import type { Coming, ComingEvent, Past } from "./coming";
import type { StopReason } from "./views";

/** A socket that was welcomed. */
export type Up = {
  readonly is: "catching-up" | "live";
  readonly since: number;
  readonly renewAt: number;
  /** It was asked whether it still lives, and has not answered yet. */
  readonly checking: boolean;
  readonly attempt: number;
};

export type ConnectionState =
  | { readonly is: "idle" }
  | Coming
  | Up
  /** `up` serves until `coming` is welcomed. */
  | { readonly is: "renewing"; readonly up: Up; readonly coming: Coming }
  | ({ readonly is: "waiting"; readonly retryAt: number } & Past)
  | { readonly is: "offline" }
  | { readonly is: "stopped"; readonly why: StopReason };

/** The socket that was welcomed, or the one that is on its way to it. */
export type Which = "up" | "coming";

export type ConnectionEvent =
  | Exclude<ComingEvent, { readonly is: "failed" }>
  | { readonly is: "start" | "reconnect-now" | "caught-up" | "heard" | "alarm" }
  /** The socket has ended, or something that was asked on it has had no answer. */
  | { readonly is: "closed" | "overdue"; readonly which: Which }
  | { readonly is: "network"; readonly online: boolean }
  /** Somebody looks at the page again, or time has jumped. */
  | { readonly is: "wake" }
  | { readonly is: "bye"; readonly why: StopReason; readonly delayMs?: number }
  | { readonly is: "outdated" };

export type ConnectionEffect =
  | { readonly is: "ask-token"; readonly fresh: boolean }
  | { readonly is: "open"; readonly jwt: string }
  | { readonly is: "say-hello" }
  | { readonly is: "ping" }
  /** The coming socket serves from now on; the one before it may go once its answers are there. */
  | { readonly is: "hand-over" }
  /** "both" is also said where there is only one, or none. */
  | { readonly is: "drop"; readonly which: Which | "both" };

export type Step = {
  readonly state: ConnectionState;
  readonly effects: readonly ConnectionEffect[];
  /** The alarm of the state, from now; "keep": the one that is set; undefined: none. */
  readonly alarmMs: number | "keep" | undefined;
};

export type StepWorld = {
  readonly now: number;
  readonly chance: number;
  readonly online: boolean;
  /** Somebody may be looking. */
  readonly visible: boolean;
};
