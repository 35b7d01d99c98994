// Where the probe runs, as the setup tells the tests.

export type Person = { readonly email: string; readonly password: string };

export type Place = {
  readonly region: string;
  /** "wss://a1b2c3.execute-api.us-east-1.amazonaws.com/probe" */
  readonly mainUrl: string;
  readonly bareUrl: string;
  /** Speaks Cognito's API. */
  readonly poolUrl: string;
  readonly poolId: string;
  readonly hidingClientId: string;
  readonly tellingClientId: string;
  /** Can sign in. Each test that changes somebody's state takes one of its own. */
  readonly people: readonly Person[];
  /** Of the local cloud alone: its clock, its weather, its meter. */
  readonly control: { readonly address: string; readonly token: string } | undefined;
};

declare module "vitest" {
  interface ProvidedContext {
    place: Place;
  }
}
