// Who may try again, and when. Kept in memory: a restart forgives.

import type { Clock } from "../clock";

const SECOND_MS = 1_000;
/** Cognito: five wrong passwords are free, the next costs a second, each one more doubles that up to 15 minutes. */
const FREE_PASSWORDS = 5;
const LONGEST_LOCK_MS = 15 * 60 * SECOND_MS;
const HOUR_MS = 60 * 60 * SECOND_MS;

export interface Attempts {
  isLocked(user: string): boolean;
  wrongPassword(user: string): void;
  rightPassword(user: string): void;
  /** Counts one more of `what`; false when that is more than `most` inside an hour. */
  mayHourly(what: string, most: number): boolean;
  forget(what: string): void;
}

export const createAttempts = (clock: Clock): Attempts => {
  const passwords = new Map<string, { failures: number; lockedUntil: number; lastAt: number }>();
  const hourly = new Map<string, number[]>();
  return {
    isLocked: (user) => (passwords.get(user)?.lockedUntil ?? 0) > clock.now(),
    wrongPassword(user) {
      const now = clock.now();
      const before = passwords.get(user);
      const calm = !before || now - before.lastAt >= LONGEST_LOCK_MS;
      const failures = (calm ? 0 : before.failures) + 1;
      const lockMs = failures < FREE_PASSWORDS ? 0 : SECOND_MS * 2 ** (failures - FREE_PASSWORDS);
      passwords.set(user, { failures, lockedUntil: now + Math.min(lockMs, LONGEST_LOCK_MS), lastAt: now });
    },
    rightPassword: (user) => void passwords.delete(user),
    mayHourly(what, most) {
      const now = clock.now();
      const recent = (hourly.get(what) ?? []).filter((at) => now - at < HOUR_MS);
      if (recent.length >= most) return false;
      hourly.set(what, [...recent, now]);
      return true;
    },
    forget: (what) => void hourly.delete(what),
  };
};
