// Sign-ins between their two requests. Cognito seals this into the secret block; here the block is a name for what
// is kept in memory, so a restart between the two requests means signing in again.

import { randomBytes } from "node:crypto";
import type { Clock } from "../clock";

export type Pending = {
  readonly clientId: string;
  /** A sub, or the made-up one of a user who is not there. */
  readonly user: string;
  readonly key: Buffer;
  readonly expiresAt: number;
};

export interface Challenges {
  /** The secret block. */
  put(pending: Pending): string;
  /** Each can be answered once. */
  take(secretBlock: string): Pending | undefined;
}

/** Far more than there are people at one machine; older ones are dropped first. */
const KEPT = 10_000;
const BLOCK_BYTES = 64;

export const createChallenges = (clock: Clock): Challenges => {
  const pending = new Map<string, Pending>();
  return {
    put(challenge) {
      const block = randomBytes(BLOCK_BYTES).toString("base64");
      pending.set(block, challenge);
      const [oldest] = pending.keys();
      if (pending.size > KEPT && oldest) pending.delete(oldest);
      return block;
    },
    take(block) {
      const found = pending.get(block);
      pending.delete(block);
      return found && found.expiresAt > clock.now() ? found : undefined;
    },
  };
};
