// Hands out tokens and looks at them, as a user pool and an authorizer do: a token ends, and when the keys are turned
// all that were handed out before are worth nothing.

import type { UserId } from "../../../core/domain/ids";
import type { AccessToken } from "../../../core/client/ports/tokens";
import type { Clock } from "../../../core/domain/ports/clock";

/** Short, so that lines are renewed within a run: every ten minutes, see core/client/coming.ts. */
const TOKEN_MS = 11 * 60_000;

export class TokenOffice {
  private keysSince = 0;

  constructor(private readonly clock: Clock) {}

  issue(user: UserId): AccessToken {
    const now = this.clock.now();
    const expiresAt = now + TOKEN_MS;
    return { jwt: `${user}_${now}_${expiresAt}`, expiresAt };
  }

  turnKeys(): void {
    this.keysSince = this.clock.now();
  }

  accepts(jwt: string, user: UserId): boolean {
    const [owner, issuedAt, expiresAt] = jwt.split("_");
    return owner === user && Number(issuedAt) >= this.keysSince && Number(expiresAt) > this.clock.now();
  }
}
