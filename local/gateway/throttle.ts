import type { Clock } from "../clock";
import type { Api, Rate } from "./api";

/** Of an account in a region. */
export type AccountLimits = {
  /** Everything in API Gateway together: handshakes, frames and callbacks. */
  readonly requests: Rate;
  readonly connections: Rate;
};

/** AWS names no burst of new connections. */
const ACCOUNT: AccountLimits = {
  requests: { perSecond: 10_000, burst: 5_000 },
  connections: { perSecond: 500, burst: 500 },
};

/** Takes a token, or says that there is none. */
export type Bucket = () => boolean;

export function tokenBucket({ perSecond, burst }: Rate, clock: Clock): Bucket {
  let tokens = burst;
  let filledAt = clock.now();
  return () => {
    const now = clock.now();
    // The machine's clock may be set back.
    tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) / 1_000) * perSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

export type Throttles = {
  /** Asked for each handshake. */
  readonly connection: Bucket;
  /** Asked for each handshake and frame: the account's bucket, then the route's own or else the stage's. */
  readonly request: (api: Api, routeKey: string) => boolean;
  /** Asked for each callback: these draw on the account's bucket too. */
  readonly callback: Bucket;
};

/** Buckets are over all clients: one that floods takes from the others, as on AWS. */
export function createThrottles(
  apis: readonly Api[],
  clock: Clock,
  { requests, connections }: AccountLimits = ACCOUNT,
): Throttles {
  const account = tokenBucket(requests, clock);
  const bucketsOf = new Map(apis.map((api) => [api, stageBuckets(api, clock)]));
  return {
    connection: tokenBucket(connections, clock),
    callback: account,
    request: (api, routeKey) => {
      const buckets = bucketsOf.get(api);
      const own = buckets?.routes.get(routeKey) ?? buckets?.stage;
      return account() && (own === undefined || own());
    },
  };
}

function stageBuckets(api: Api, clock: Clock) {
  return {
    stage: api.throttle && tokenBucket(api.throttle, clock),
    routes: new Map([...api.routeThrottles].map(([key, rate]) => [key, tokenBucket(rate, clock)])),
  };
}
