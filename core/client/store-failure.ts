// Says why a store failed, and when to ask it again. The screen names a cause only if the error proves that cause:
// "refused" needs an error by which the browser forbids this page to store.

import type { StorageView } from "./views";

type Why = Extract<StorageView, { is: "memory" }>["why"];

/** Room is made by a person, or by the browser: not within seconds. */
export const firstRetryMs = 30_000;
const LONGEST_RETRY_MS = 8 * 60_000;
export const nextRetryMs = (retryMs: number): number => Math.min(2 * retryMs, LONGEST_RETRY_MS);

/** The names of browsers' errors and of our own, and the cause that each of them proves. */
const CAUSES: Readonly<Record<string, Why>> = {
  QuotaExceededError: "full",
  SecurityError: "refused",
  NotAllowedError: "refused",
  NotSupportedError: "refused",
  TimeoutError: "silent",
  StorePurgedError: "purged",
};

/** The browser's own error may be the cause of ours. */
export function whyOf(reason: unknown): Why {
  for (let one = reason; one instanceof Error; one = one.cause) {
    const why = CAUSES[one.name];
    if (why) return why;
  }
  return "unknown";
}

export const storeIsSilent = (): Error =>
  named("TimeoutError", "unable to use the local store; it does not answer");

export const storeIsPurged = (): Error =>
  named("StorePurgedError", "unable to keep what was stored; the browser took it away");

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

/** The store's own message, for the log. */
export function reasonOf(reason: unknown): string {
  return reason instanceof Error && reason.message !== "" ? reason.message : "the store gave no reason";
}
