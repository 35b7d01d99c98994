// A WebSocket API with one of its stages, read from the template.

/** What the gateway calls for a route. */
export type Integration =
  | { readonly is: "function"; readonly arn: string; readonly timeoutMs: number }
  /** Answers by itself; without an integration response there is nothing to say. */
  | { readonly is: "mock"; readonly answer: string | undefined };

export type Route = {
  readonly key: string;
  readonly integration: Integration;
  /** Two-way: has a route response. Without one, what the integration says never reaches the client. */
  readonly answers: boolean;
};

export type IdentitySource =
  { readonly is: "header"; readonly name: string } | { readonly is: "query"; readonly name: string };

export type Authorizer = {
  readonly id: string;
  readonly arn: string;
  readonly identitySources: readonly IdentitySource[];
};

/** A token bucket: so many a second, and so many at once. */
export type Rate = { readonly perSecond: number; readonly burst: number };

export type Api = {
  readonly id: string;
  readonly region: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The path into the body that names the route: ["action"] for "$request.body.action". */
  readonly selection: readonly string[];
  readonly routes: ReadonlyMap<string, Route>;
  /** Of `$connect`, the only route that can have one. */
  readonly authorizer: Authorizer | undefined;
  readonly throttle: Rate | undefined;
  readonly routeThrottles: ReadonlyMap<string, Rate>;
  /** Access or execution logs, for which AWS asks a role of the account. */
  readonly writesLogs: boolean;
};

/** Where the API is reached, and what its functions are told: "abc123.execute-api.us-east-1.amazonaws.com". */
export const domainName = (api: Api): string => `${api.id}.execute-api.${api.region}.amazonaws.com`;
