export type AccessToken = { readonly jwt: string; readonly expiresAt: number };

/** The person's session. "ended": only signing in again helps. "unreachable": try later. */
export interface Tokens {
  /** `now`: the server's clock as far as it is known; the device's own may be wrong by hours. */
  access(options: {
    readonly fresh: boolean;
    readonly now: number;
  }): Promise<AccessToken | "ended" | "unreachable">;
  /** The display name that the person signed up with; used once, to make their profile. */
  displayName(): Promise<string | undefined>;
}
