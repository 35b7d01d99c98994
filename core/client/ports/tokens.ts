export type AccessToken = { readonly jwt: string; readonly expiresAt: number };

/** The person's session. "ended": only signing in again helps. "unreachable": try later. */
export interface Tokens {
  access(options: { readonly fresh: boolean }): Promise<AccessToken | "ended" | "unreachable">;
  /** The display name that the person signed up with; used once, to make their profile. */
  displayName(): Promise<string | undefined>;
}
