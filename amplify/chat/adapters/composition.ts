// The one place of the backend that knows which adapter stands behind which port. It reads the environment in a
// cold start, before the first event, so that a function which lacks something says so at once. `authorize` needs
// none of it and has its own, in admission.ts: its library is larger than all the rest.

import type { Ports } from "../../../core/domain/ports/ports";
import type { RelayPorts } from "../../../core/domain/relay";
import { BY_ACTIVITY } from "../names";
import { callbackAddress, type Stage } from "./callback-address";
import { Dynamo } from "./dynamo";
import { dynamoCall } from "./dynamo-call";
import { DynamoConnections, DynamoWatches } from "./dynamo-connections";
import { DynamoInbox } from "./dynamo-inbox";
import { DynamoLog } from "./dynamo-log";
import { DynamoPeople } from "./dynamo-people";
import {
  awsVariables,
  connectVariables,
  disconnectVariables,
  framesVariables,
  readVariables,
  relayVariables,
} from "./environment";
import { GatewayPush } from "./gateway-push";
import { identityOf } from "./identity";
import { signedHttp } from "./signed-http";
import { realWorld } from "./world";

/** Where to push to is known only from an event: it names the API that the socket belongs to. */
type At<P> = (stage: Stage) => P;

const clock = { now: Date.now };

export function composeConnect(): Pick<Ports, "connections" | "clock"> {
  const { CONNECTIONS_TABLE } = readVariables(connectVariables);
  return { connections: new DynamoConnections(aws().dynamo, CONNECTIONS_TABLE), clock };
}

export type DisconnectPorts = Pick<Ports, "connections" | "watches" | "people" | "push" | "clock">;

export function composeDisconnect(): At<DisconnectPorts> {
  const tables = readVariables(disconnectVariables);
  const { dynamo, pushAt } = aws();
  const ports = {
    connections: new DynamoConnections(dynamo, tables.CONNECTIONS_TABLE),
    watches: new DynamoWatches(dynamo, tables.CONNECTIONS_TABLE),
    people: new DynamoPeople(dynamo, tables.PEOPLE_TABLE),
    clock,
  };
  return (stage) => ({ ...ports, push: pushAt(stage) });
}

export function composeFrames(): At<Ports> {
  const tables = readVariables(framesVariables);
  const { dynamo, pushAt } = aws();
  const ports = {
    log: new DynamoLog(dynamo, tables.LOG_TABLE),
    inbox: new DynamoInbox(dynamo, tables.INBOX_TABLE, BY_ACTIVITY),
    connections: new DynamoConnections(dynamo, tables.CONNECTIONS_TABLE),
    watches: new DynamoWatches(dynamo, tables.CONNECTIONS_TABLE),
    people: new DynamoPeople(dynamo, tables.PEOPLE_TABLE),
    clock,
    random: Math.random,
    pace: { entriesAWindow: tables.RATE_MESSAGES },
  };
  return (stage) => ({ ...ports, push: pushAt(stage) });
}

/** Set off by a table's stream, so the environment says which API the sockets belong to. */
export function composeRelay(): RelayPorts {
  const { API_ID: apiId, STAGE: stage, ...tables } = readVariables(relayVariables);
  const { dynamo, pushAt } = aws();
  return {
    log: new DynamoLog(dynamo, tables.LOG_TABLE),
    inbox: new DynamoInbox(dynamo, tables.INBOX_TABLE, BY_ACTIVITY),
    connections: new DynamoConnections(dynamo, tables.CONNECTIONS_TABLE),
    watches: new DynamoWatches(dynamo, tables.CONNECTIONS_TABLE),
    people: new DynamoPeople(dynamo, tables.PEOPLE_TABLE),
    push: pushAt({ apiId, stage }),
    clock,
  };
}

function aws() {
  const variables = readVariables(awsVariables);
  const { AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI } = variables;
  const send = signedHttp(identityOf(variables));
  const dynamoAddress = AWS_ENDPOINT_URL_DYNAMODB ?? `https://dynamodb.${AWS_REGION}.amazonaws.com`;
  const pushAt: At<GatewayPush> = (stage) => {
    const address = callbackAddress(stage, AWS_REGION, AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI);
    return new GatewayPush(address, send, realWorld);
  };
  return { dynamo: new Dynamo(dynamoCall(dynamoAddress, send, realWorld), realWorld), pushAt };
}
