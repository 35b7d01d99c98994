// The relay's function, the log's stream that sets it off, and where goes what it cannot do.
//
//   Log ──stream, new entries only──> mapping ──up to 100, a second apart──> relay
//                                        └─ given up ──> DeadLetters: where in the stream it stood, and no text
//
// Lambda reads the stream for nothing and bills a run a batch; what the filter leaves out sets off no run.

import { Duration } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Deployment } from "../deployment";
import { ChatFunction } from "./function";
import type { Tables } from "./tables";
import { STAGE, type ChatWebSocketApi } from "./websocket-api";

/**
 * How long a batch is gathered. By then a device that was told has stored the entry and said so, which it does
 * after 0.3 s; and what was not told is told within 2 s.
 */
const WINDOW = Duration.seconds(1);
const BATCH = 100;
/** A throttled table is back in seconds; a record that fails for good holds up those behind it for so long. */
const RETRIES = 6;
/** Whoever looks has caught up after a minute without it. */
const OLDEST = Duration.hours(1);
/** As long as SQS keeps anything: somebody comes back from their holidays. */
const KEPT = Duration.days(14);

export type RelayProps = {
  readonly deployment: Deployment;
  readonly tables: Tables;
  readonly api: ChatWebSocketApi;
};

export class Relay extends Construct {
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { deployment, tables, api }: RelayProps) {
    super(scope, id);
    const { log, inbox, connections, people } = tables;
    this.deadLetters = new Queue(this, "DeadLetters", { retentionPeriod: KEPT, enforceSSL: true });

    const relay = new ChatFunction(this, "Relay", {
      deployment,
      handler: "relay",
      memoryMb: 256,
      timeoutSeconds: 25,
      environment: {
        LOG_TABLE: log.tableName,
        INBOX_TABLE: inbox.tableName,
        CONNECTIONS_TABLE: connections.tableName,
        PEOPLE_TABLE: people.tableName,
        // No event of a stream says which API the sockets belong to.
        API_ID: api.apiId,
        STAGE,
      },
    });
    // UpdateItem: an amendment is carried into its message; the floor is raised above a first entry.
    relay.allow(["dynamodb:Query", "dynamodb:UpdateItem"], [log.tableArn]);
    relay.allow(["dynamodb:GetItem", "dynamodb:UpdateItem"], [inbox.tableArn]);
    // A push may find a socket gone: its row goes, and when they were last there is noted.
    relay.allow(["dynamodb:Query", "dynamodb:DeleteItem"], [connections.tableArn]);
    relay.allow(["dynamodb:UpdateItem"], [people.tableArn]);
    relay.allow(["execute-api:ManageConnections"], [api.connectionsArn("POST")]);
    this.follow(relay, log);
  }

  private follow(relay: ChatFunction, log: Table): void {
    const stream = log.tableStreamArn;
    if (stream === undefined) throw new Error("unable to relay the log; the table has no stream");
    // By hand: the CDK would grant ListStreams on every table of the account, and more of the queue than it takes.
    relay.allow(
      ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
      [stream],
    );
    const { queueArn } = this.deadLetters;
    relay.allow(["sqs:SendMessage"], [queueArn]);
    relay.lambda.addEventSourceMapping("Entries", {
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH,
      maxBatchingWindow: WINDOW,
      // Changes of an entry are the relay's own, or need none; what expires is not told.
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual("INSERT") })],
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: RETRIES,
      maxRecordAge: OLDEST,
      onFailure: { bind: () => ({ destination: queueArn }) },
    });
  }
}
