// The facts that are held here, and where each is from. The tests name them by number.

export type Fact = { readonly says: string; readonly sources: readonly string[] };

const GUIDE = "docs.aws.amazon.com/apigateway/latest/developerguide";
const DYNAMO = "docs.aws.amazon.com/amazondynamodb/latest/developerguide";
const LAMBDA = "docs.aws.amazon.com/lambda/latest/dg";
const COGNITO = "docs.aws.amazon.com/cognito/latest/developerguide";
const GITHUB = "github.com";

const QUOTAS = `${GUIDE}/apigateway-execution-service-websocket-limits-table.html`;
const CONNECT = `${GUIDE}/apigateway-websocket-api-route-keys-connect-disconnect.html`;
const CONNECTIONS = `${GUIDE}/apigateway-how-to-call-websocket-api-connections.html`;
const LOGGING = `${GUIDE}/websocket-api-logging.html`;
/** Written to run against AWS as well as against that emulator: scripts/deploy_to_aws.sh. */
const DUAL_SUITE = `${GITHUB}/dherault/serverless-offline, tests/manual/websocket/main/test/e2e/ws.e2e.js`;

export const FACTS: Readonly<Record<number, Fact>> = {
  1: {
    says: "idle connections close after 10 minutes, every connection after 2 hours",
    sources: [QUOTAS],
  },
  2: {
    says: "a frame is at most 32 KB, a message 128 KB; over it 1009, also at @connections; binary 1003",
    sources: [QUOTAS],
  },
  3: {
    says: "$connect runs before the upgrade; a post to the connection before that is 410",
    sources: [CONNECT],
  },
  4: {
    says: "authorization at $connect only: never cached, at most 8 KB, its context on every later route",
    sources: [`${GUIDE}/apigateway-websocket-api-lambda-auth.html`, QUOTAS],
  },
  5: {
    says: "$connect must answer with exactly one of the offered subprotocols",
    sources: [`${GUIDE}/websocket-connect-route-subprotocol.html`],
  },
  6: {
    says: "$disconnect is best effort, and carries the code and the reason of the close",
    sources: [CONNECT, `${GUIDE}/websocket-api-develop-routes.html (its example event: 1005)`],
  },
  7: {
    says: "the route key is an exact match; else $default; without it a Forbidden frame",
    sources: [`${GUIDE}/websocket-api-develop-routes.html`],
  },
  8: {
    says: "routes are one-way unless a route response exists",
    sources: [
      `${GUIDE}/apigateway-websocket-api-route-response.html`,
      DUAL_SUITE,
      `${GITHUB}/Kludex/mangum/issues/128`,
    ],
  },
  9: {
    says: "frames of one socket run at the same time and finish in any order; none is repeated",
    sources: [`${LAMBDA}/services-apigateway-errors.html`],
  },
  10: { says: "the integration times out at 29 s; the function may go on and commit", sources: [QUOTAS] },
  11: {
    says: "a function is frozen when it returns; module state survives between users",
    sources: [`${LAMBDA}/lambda-runtime-environment.html`],
  },
  12: {
    says: "POST @connections: 410, 400, 403, 413, 429; 200 is not delivery",
    sources: [CONNECTIONS, "docs.aws.amazon.com/botocore: apigatewaymanagementapi, LimitExceededException"],
  },
  13: {
    says: "DELETE @connections closes with code 1000",
    sources: [CONNECTIONS, `${GITHUB}/aws/aws-sdk-js/issues/3636`],
  },
  14: { says: "GET @connections tells when it connected and was last active", sources: [CONNECTIONS] },
  15: {
    says: "500 new connections and 10,000 requests a second; throttles are token buckets over all clients",
    sources: [QUOTAS, `${GUIDE}/websocket-api-protect.html`],
  },
  16: {
    says: "a mock integration answers without a function",
    sources: [
      `${GUIDE}/apigateway-websocket-api-selection-expressions.html`,
      "wasabee.dev/2024/07/2024070701",
    ],
  },
  17: { says: "logs need the account's CloudWatch role; data trace writes bodies", sources: [LOGGING] },
  18: {
    says: "behind an empty mapping the callback address has no stage path",
    sources: [`${GITHUB}/aws-samples/simple-websockets-chat-app/issues/40`],
  },
  19: {
    says: "WAF does not attach to WebSocket APIs; CloudFront sees the handshake only",
    sources: [`${GUIDE}/apigateway-control-access-aws-waf.html`],
  },
  20: {
    says: "frames are billed in steps of 32 KB both ways, connections by the minute",
    sources: ["aws.amazon.com/api-gateway/pricing"],
  },
  21: {
    says: "a Query is not a snapshot; consistent reads exist on the table and on local indexes only",
    sources: [`${DYNAMO}/HowItWorks.ReadConsistency.html`],
  },
  22: {
    says: "TTL deletes late, expired items are read until then, the stream names the service",
    sources: [`${DYNAMO}/howitworks-ttl.html`, `${DYNAMO}/time-to-live-ttl-streams.html`],
  },
  23: {
    says: "failed conditions are billed; ALL_OLD saves a read; transactions cost twice",
    sources: [`${DYNAMO}/WorkingWithItems.html`, `${DYNAMO}/transaction-apis.html`],
  },
  24: {
    says: "a write may be applied and answer with an error; throttling happens; transactions conflict",
    sources: [`${DYNAMO}/Programming.Errors.html`, `${DYNAMO}/transaction-apis.html`],
  },
  25: { says: "a plain counter is not idempotent", sources: [`${DYNAMO}/WorkingWithItems.html`] },
  26: {
    says: "streams: each change once, in order for an item; failing batches repeat, bisect, and end in a queue",
    sources: [`${LAMBDA}/services-ddb-params.html`, `${LAMBDA}/services-ddb-batchfailurereporting.html`],
  },
  27: {
    says: "an item is at most 400 KB; a partition takes 1,000 write units a second",
    sources: [`${DYNAMO}/Constraints.html`, `${DYNAMO}/bp-partition-key-design.html`],
  },
  28: {
    says: "access tokens last an hour and outlive a sign-out elsewhere",
    sources: [
      `${COGNITO}/amazon-cognito-user-pools-using-the-access-token.html`,
      `${COGNITO}/token-revocation.html`,
    ],
  },
  29: {
    says: "PreventUserExistenceErrors must be ENABLED",
    sources: [`${COGNITO}/cognito-user-pool-managing-errors.html`],
  },
};
