import { Construct } from "constructs";
import type { Deployment } from "../deployment";
import { Alarms } from "./alarms";
import { ChatFunction } from "./function";
import { originsOf } from "./origins";
import { BY_ACTIVITY } from "./names";
import { Relay } from "./relay";
import { Tables } from "./tables";
import { ChatWebSocketApi } from "./websocket-api";

export type ChatProps = {
  readonly deployment: Deployment;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** More pages that may open a socket, with commas between. */
  readonly moreOrigins: string;
  readonly accessLogs: boolean;
  /** How many entries one person may write into one conversation in ten seconds. */
  readonly rateMessages: number;
  /** Of an SNS topic that is told when something is wrong. Empty: nobody is. */
  readonly alarmTopicArn: string;
};

/**
 * The whole of chat in one stack: tables, functions and the socket refer to each other, and nested stacks that
 * refer to each other cannot be deployed. The only thing from outside is the user pool.
 */
export class Chat extends Construct {
  readonly socketUrl: string;

  constructor(scope: Construct, id: string, props: ChatProps) {
    super(scope, id);
    const { deployment } = props;
    const tables = new Tables(this, "Tables", deployment);
    const { log, inbox, connections, people } = tables;

    // No database: verifies a signature, and fetches the pool's keys once in a cold start.
    const authorize = new ChatFunction(this, "Authorize", {
      deployment,
      handler: "authorize",
      memoryMb: 256,
      timeoutSeconds: 10,
      environment: {
        USER_POOL_ID: props.userPoolId,
        USER_POOL_CLIENT_ID: props.userPoolClientId,
        ALLOWED_ORIGINS: originsOf(deployment, props.moreOrigins),
      },
    });

    // One put.
    const connect = new ChatFunction(this, "Connect", {
      deployment,
      handler: "connect",
      memoryMb: 256,
      timeoutSeconds: 10,
      environment: { CONNECTIONS_TABLE: connections.tableName },
    });
    connect.allow(["dynamodb:PutItem"], [connections.tableArn]);

    // Tells the watchers, so it pushes; a crowd of them takes a while.
    const disconnect = new ChatFunction(this, "Disconnect", {
      deployment,
      handler: "disconnect",
      memoryMb: 256,
      timeoutSeconds: 20,
      environment: { CONNECTIONS_TABLE: connections.tableName, PEOPLE_TABLE: people.tableName },
    });
    disconnect.allow(["dynamodb:Query", "dynamodb:DeleteItem"], [connections.tableArn]);
    disconnect.allow(["dynamodb:UpdateItem"], [people.tableArn]);

    // More memory is more processor: a send signs half a dozen requests. The gateway gives up at 29 s.
    const frames = new ChatFunction(this, "Frames", {
      deployment,
      handler: "frames",
      memoryMb: 512,
      timeoutSeconds: 25,
      environment: {
        LOG_TABLE: log.tableName,
        INBOX_TABLE: inbox.tableName,
        CONNECTIONS_TABLE: connections.tableName,
        PEOPLE_TABLE: people.tableName,
        RATE_MESSAGES: String(props.rateMessages),
      },
    });
    // UpdateItem: an edit, a delete and a reaction change the message that they point at.
    frames.allow(["dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"], [log.tableArn]);
    frames.allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], [inbox.tableArn]);
    frames.allow(["dynamodb:Query"], [`${inbox.tableArn}/index/${BY_ACTIVITY}`]);
    frames.allow(["dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem"], [connections.tableArn]);
    frames.allow(["dynamodb:GetItem", "dynamodb:BatchGetItem"], [people.tableArn]);
    // A transaction is granted by what it is made of.
    frames.allow(["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"], [people.tableArn]);

    const api = new ChatWebSocketApi(this, "Socket", {
      deployment,
      authorize: authorize.lambda,
      connect: connect.lambda,
      disconnect: disconnect.lambda,
      frames: frames.lambda,
      accessLogs: props.accessLogs,
    });
    for (const each of [disconnect, frames])
      each.allow(["execute-api:ManageConnections"], [api.connectionsArn("POST")]);
    const { deadLetters } = new Relay(this, "Relay", { deployment, tables, api });
    new Alarms(this, "Alarms", { deadLetters, topicArn: props.alarmTopicArn });
    this.socketUrl = api.socketUrl;
  }
}
