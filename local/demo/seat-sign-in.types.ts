/** What the server gives to the page that signs a seat in. */
export type SeatSignIn = {
  readonly email: string;
  readonly password: string;
  readonly cognito: {
    readonly userPoolId: string;
    readonly userPoolClientId: string;
    readonly userPoolEndpoint: string;
  };
  /** A path of this very origin. */
  readonly to: string;
};
