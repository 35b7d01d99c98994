// What the parts of the cloud tell the meter, each at the moment at which AWS would count it.

import type { Usage } from "./usage";

/** "up" came from a client, "down" went to one: an answer by a route's response, a mock's, or a post. */
export type Direction = "up" | "down";

export type Run = {
  readonly functionName: string;
  readonly memoryMb: number;
  /** Without the cold start, which is `initMs`. */
  readonly billedMs: number;
  readonly initMs?: number;
  readonly cause?: string;
};

export type DatabaseUse = {
  readonly functionName: string;
  /** "PutItem": the operation of the API. */
  readonly action: string;
  readonly table: string;
  readonly index?: string;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Refused by a condition or by another transaction: AWS bills it all the same. */
  readonly failed: boolean;
  readonly cause?: string;
};

/**
 * `cause` says what set a thing off, where that is known: what the route selection expression found in the frame
 * ("send"), else the route ("$connect"). It is for telling the bill apart, and changes nothing of it.
 */
export interface Meter {
  /** A message of the socket, whole: its frames together, without the protocol's own bytes. */
  frame(direction: Direction, bytes: number, route: string, cause?: string): void;
  /** How long a connection had been open, told when it ends. */
  connected(forMs: number): void;
  ran(run: Run): void;
  database(use: DatabaseUse): void;
  /** A line of a function's log, as it would be sent to CloudWatch: text in UTF-8. */
  logged(bytes: number, functionName?: string, cause?: string): void;
  /** A sign-up, a sign-in or a fresh token: each makes the person active for the month, once. */
  signedIn(user: string): void;
  snapshot(): Usage;
  reset(): void;
}
