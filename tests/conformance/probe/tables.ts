// Notes   what functions leave for the tests to find        key: "k3f9.went"
// Items   what DynamoDB's own behaviour is tried on         owner: "k3f9", seq: 1
//
// Items has a local and a global index, a stream that is followed twice, and a time to live.

import { Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  type TableProps,
} from "aws-cdk-lib/aws-dynamodb";
import {
  type Code,
  type EventSourceMappingOptions,
  FilterCriteria,
  FilterRule,
  StartingPosition,
} from "aws-cdk-lib/aws-lambda";
import { SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { ProbeFunction } from "./probe-function";

const PASSING = {
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.DESTROY,
  timeToLiveAttribute: "expiresAt",
} satisfies Partial<TableProps>;

export class Tables extends Construct {
  readonly notes: Table;
  readonly items: Table;
  readonly failures: Queue;

  constructor(scope: Construct, id: string, { code }: { readonly code: Code }) {
    super(scope, id);
    this.notes = new Table(this, "Notes", {
      partitionKey: { name: "key", type: AttributeType.STRING },
      ...PASSING,
    });
    this.items = new Table(this, "Items", {
      partitionKey: { name: "owner", type: AttributeType.STRING },
      sortKey: { name: "seq", type: AttributeType.NUMBER },
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      ...PASSING,
    });
    this.items.addLocalSecondaryIndex({
      indexName: "byRank",
      sortKey: { name: "rank", type: AttributeType.NUMBER },
      projectionType: ProjectionType.ALL,
    });
    this.items.addGlobalSecondaryIndex({
      indexName: "byColour",
      partitionKey: { name: "colour", type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    this.failures = new Queue(this, "Failures", { removalPolicy: RemovalPolicy.DESTROY });
    this.follow("Follow", "follow", code, { retryAttempts: 3, bisectBatchOnError: true });
    // Beside it, for items that say so: there is no end of attempts but the record's age.
    this.follow("FollowStale", "follow-stale", code, {
      maxRecordAge: Duration.seconds(60),
      filters: [
        FilterCriteria.filter({ dynamodb: { NewImage: { stale: { S: FilterRule.isEqual("yes") } } } }),
      ],
    });
  }

  private follow(
    name: string,
    handler: string,
    code: Code,
    options: Partial<EventSourceMappingOptions>,
  ): void {
    const follow = new ProbeFunction(this, name, {
      code,
      handler,
      timeoutSeconds: 10,
      environment: { NOTES_TABLE: this.notes.tableName },
    });
    follow.allow(["dynamodb:UpdateItem", "dynamodb:PutItem"], [this.notes.tableArn]);
    const { tableStreamArn } = this.items;
    if (tableStreamArn === undefined) throw new Error("unable to follow the items; the table has no stream");
    follow.allow(
      ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
      [tableStreamArn],
    );
    follow.lambda.addEventSourceMapping("Stream", {
      eventSourceArn: tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 10,
      parallelizationFactor: 1,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(this.failures),
      ...options,
    });
  }
}
