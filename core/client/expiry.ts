// What waited too long is not sent any more without being asked: "see you in ten minutes" is not to arrive two days
// later, when the laptop is opened again. What a person did to the log (an edit, a delete, a block) still holds then.

import type { Pending } from "./outbox";

/** A night, a flight and a lost charger are shorter. */
export const LONGEST_WAIT_MS = 24 * 60 * 60_000;

/** `order` is when it was queued, or queued again; later by a little where several were queued at once. */
export const isTooOld = ({ item, place }: Pending, now: number): boolean =>
  item.kind === "message" && item.state.is === "waiting" && !place && now - item.order > LONGEST_WAIT_MS;

/**
 * Those that are known not to be in the log: nobody has transmitted them, or the log up to its tail has been read
 * without meeting them.
 */
export const surelyUnsent = (pending: readonly Pending[], now: number, readUpTo: number) =>
  pending
    .filter((one) => isTooOld(one, now) && (one.fresh || one.item.after >= readUpTo))
    .map(({ item }) => item.id);
