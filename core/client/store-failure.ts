// Why a store refuses, as far as it can be told to a person, and when to ask it again.

import type { StorageView } from "./views";

type Why = Extract<StorageView, { is: "memory" }>["why"];

/** Room is made by a person, or by the browser: not within seconds. */
export const firstRetryMs = 30_000;
const LONGEST_RETRY_MS = 8 * 60_000;
export const nextRetryMs = (retryMs: number): number => Math.min(2 * retryMs, LONGEST_RETRY_MS);

/** The browser's own error may be the cause of ours. */
export function whyOf(reason: unknown): Why {
  for (let one = reason; one instanceof Error; one = one.cause)
    if (one.name === "QuotaExceededError") return "full";
  return "refused";
}

/** For the log: what the store said. */
export function reasonOf(reason: unknown): string {
  return reason instanceof Error && reason.message !== "" ? reason.message : "the store gave no reason";
}
