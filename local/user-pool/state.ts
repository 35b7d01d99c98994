// What the pool keeps. One file: a user, a session and a code change together or not at all.

import type { Mail } from "./mailbox";
import type { Secret } from "./srp";

/** What a mailed code is good for. */
export type Purpose = "sign-up" | "reset" | "email";

export type Code = { readonly code: string; readonly expiresAt: number };

export type User = {
  /** Also the username: people sign in by e-mail. */
  readonly sub: string;
  email: string;
  emailVerified: boolean;
  /** Asked for, and not yet confirmed by its code. */
  pendingEmail?: string;
  standing: "unconfirmed" | "confirmed";
  /** All but sub, email and email_verified. */
  attributes: Record<string, string>;
  secret: Secret;
  codes: Partial<Record<Purpose, Code>>;
  readonly createdAt: number;
};

/** One sign-in: a refresh token and every token made from it. */
export type Session = {
  readonly sub: string;
  readonly clientId: string;
  readonly originJti: string;
  readonly authAt: number;
  readonly expiresAt: number;
  /** Kept until it expires, so that its tokens are refused as revoked and not as unknown. */
  revoked: boolean;
};

export type State = {
  readonly version: 1;
  /** By sub. */
  readonly users: Record<string, User>;
  /** By the SHA-256 of the refresh token: the file holds nothing that signs anybody in. */
  readonly sessions: Record<string, Session>;
  readonly mails: Mail[];
};

export const emptyState = (): State => ({ version: 1, users: {}, sessions: {}, mails: [] });

/** Only we write the file, and in one step: the version tells whether it is ours. */
export const isState = (stored: unknown): stored is State =>
  typeof stored === "object" && stored !== null && "version" in stored && stored.version === 1;
