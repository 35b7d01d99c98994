// Codes that are mailed: six digits, for one purpose, the newest counts.

import { randomInt } from "node:crypto";
import { codeExpired, codeMismatch, limitExceeded } from "./cognito-error";
import type { Pool } from "./pool";
import type { Purpose, User } from "./state";

const HOUR_MS = 60 * 60 * 1_000;
/** Cognito's: a day for an address, an hour for a password. */
const LIFE_MS: Readonly<Record<Purpose, number>> = {
  "sign-up": 24 * HOUR_MS,
  reset: HOUR_MS,
  email: 24 * HOUR_MS,
};
/** Cognito allows 5 to 20 an hour, as it judges the risk. */
const ASKED_HOURLY = 10;
const WRONG_HOURLY = 5;

export type Delivery = {
  readonly AttributeName: "email";
  readonly DeliveryMedium: "EMAIL";
  readonly Destination: string;
};

/** "a***@e***" */
export const deliveryTo = (address: string): Delivery => ({
  AttributeName: "email",
  DeliveryMedium: "EMAIL",
  Destination: address.replace(/^(.)[^@]*@?(.?).*$/, "$1***@$2***"),
});

export const mailCode = (pool: Pool, user: User, purpose: Purpose, to: string): Delivery => {
  if (!pool.attempts.mayHourly(`ask ${purpose} ${user.sub}`, ASKED_HOURLY)) throw limitExceeded();
  const now = pool.clock.now();
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  user.codes[purpose] = { code, expiresAt: now + LIFE_MS[purpose] };
  const { subject, text } = pool.settings.mail;
  pool.post.deliver({ to, subject, text: text.replace("{####}", code), code, at: now });
  return deliveryTo(to);
};

/** Throws unless it is the code; a code can be used once. */
export const useCode = (pool: Pool, user: User, purpose: Purpose, given: string): void => {
  const expected = user.codes[purpose];
  if (!expected || expected.expiresAt <= pool.clock.now()) throw codeExpired();
  const tries = `wrong ${purpose} ${user.sub}`;
  if (!pool.attempts.mayHourly(tries, WRONG_HOURLY)) throw limitExceeded();
  if (expected.code !== given.trim()) throw codeMismatch();
  delete user.codes[purpose];
  pool.attempts.forget(tries);
};
