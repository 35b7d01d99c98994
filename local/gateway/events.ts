// The events that functions get, field for field as API Gateway sends them: see "Working with WebSocket APIs" in
// its developer guide and, for `$disconnect`, "Managing connected users and client apps".

import { ACCOUNT } from "../resources";
import { type Api, type Authorizer, domainName } from "./api";
import type { Close, EventSource } from "./event-source";
import type { Handshake } from "./handshake-request";

export type Moment = { readonly requestId: string; readonly now: number };

const apiArn = (api: Api): string => `arn:aws:execute-api:${api.region}:${ACCOUNT}:${api.id}`;

/** What calls a function for a route; of `$connect` also what an authorizer decides on. */
export const routeArn = (api: Api, routeKey: string): string => `${apiArn(api)}/${api.stage}/${routeKey}`;
export const connectArn = (api: Api): string => routeArn(api, "$connect");
export const authorizerArn = (api: Api, { id }: Authorizer): string => `${apiArn(api)}/authorizers/${id}`;

export function authorizerEvent(source: EventSource, handshake: Handshake, moment: Moment) {
  return {
    type: "REQUEST",
    methodArn: connectArn(source.api),
    headers: handshake.headers,
    multiValueHeaders: handshake.multiValueHeaders,
    queryStringParameters: handshake.query,
    multiValueQueryStringParameters: handshake.multiValueQuery,
    stageVariables: source.api.stageVariables,
    requestContext: requestContext(source, moment, { routeKey: "$connect", eventType: "CONNECT" }),
  };
}

export function connectEvent(source: EventSource, handshake: Handshake, moment: Moment) {
  const hasQuery = Object.keys(handshake.query).length > 0;
  return {
    headers: handshake.headers,
    multiValueHeaders: handshake.multiValueHeaders,
    ...(hasQuery && {
      queryStringParameters: handshake.query,
      multiValueQueryStringParameters: handshake.multiValueQuery,
    }),
    ...stageVariables(source.api),
    requestContext: requestContext(source, moment, { routeKey: "$connect", eventType: "CONNECT" }),
    isBase64Encoded: false,
  };
}

export function messageEvent(
  source: EventSource,
  message: { readonly routeKey: string; readonly messageId: string; readonly body: string },
  moment: Moment,
) {
  const { routeKey, messageId, body } = message;
  return {
    requestContext: requestContext(source, moment, { routeKey, messageId, eventType: "MESSAGE" }),
    ...stageVariables(source.api),
    body,
    isBase64Encoded: false,
  };
}

export function disconnectEvent(source: EventSource, close: Close, moment: Moment) {
  const headers = { Host: domainName(source.api), "x-api-key": "", "X-Forwarded-For": "", "x-restapi": "" };
  return {
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    ...stageVariables(source.api),
    requestContext: requestContext(source, moment, {
      routeKey: "$disconnect",
      eventType: "DISCONNECT",
      disconnectStatusCode: close.code,
      disconnectReason: close.reason,
    }),
    isBase64Encoded: false,
  };
}

type Occasion = {
  readonly routeKey: string;
  readonly eventType: "CONNECT" | "MESSAGE" | "DISCONNECT";
  readonly messageId?: string;
  readonly disconnectStatusCode?: number;
  readonly disconnectReason?: string;
};

function requestContext(source: EventSource, { requestId, now }: Moment, occasion: Occasion) {
  const { api, client } = source;
  return {
    ...occasion,
    ...(source.authorizer !== undefined && { authorizer: source.authorizer }),
    extendedRequestId: requestId,
    requestTime: requestTime(now),
    messageDirection: "IN",
    stage: api.stage,
    connectedAt: source.connectedAt,
    requestTimeEpoch: now,
    identity: {
      ...(client.userAgent !== undefined && { userAgent: client.userAgent }),
      sourceIp: client.sourceIp,
    },
    requestId,
    domainName: domainName(api),
    connectionId: source.id,
    apiId: api.id,
  };
}

const stageVariables = (api: Api) =>
  Object.keys(api.stageVariables).length > 0 ? { stageVariables: api.stageVariables } : {};

/** "19/Jan/2023:21:13:26 +0000" */
function requestTime(now: number): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(now).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
