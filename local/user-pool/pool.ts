import type { Clock } from "../clock";
import type { Attempts } from "./attempts";
import type { Challenges } from "./challenges";
import type { Post } from "./mailbox";
import type { Settings } from "./settings";
import type { SigningKeys } from "./signing-keys";
import type { Identity } from "./srp";
import type { State } from "./state";
import type { Users } from "./users";

/** What every operation works on. */
export type Pool = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly state: State;
  readonly users: Users;
  readonly keys: SigningKeys;
  readonly post: Post;
  readonly attempts: Attempts;
  readonly challenges: Challenges;
  /** Told at each token: Cognito bills whoever got one in a month. */
  readonly onSignIn: (sub: string) => void;
};

export const identityOf = (pool: Pool, sub: string): Identity => ({
  poolName: pool.settings.poolName,
  user: sub,
});
