// The four tables. None has a fixed name: sandboxes and branches share an account.
//
//   Log          { conversation: "d.1f…a.7c…e", seq: 42, … }                   see core/domain/entry.ts
//   Inbox        { user: "1f…a", conversation: "d.1f…a.7c…e", activeAt: … }    see core/domain/inbox-row.ts
//   Connections  { user: "1f…a", connectionId: "L0SM9cOFvHcCIhw=", … }         see adapters/dynamo-connections.ts
//   People       { key: "u#1f…a", … } and { key: "h#ada", user: "1f…a" }       see adapters/dynamo-people.ts

import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from "aws-cdk-lib/aws-dynamodb";
import type { TableProps } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { removalOf, type Deployment } from "../deployment";
import { BY_ACTIVITY, TTL_ATTRIBUTE } from "./names";

const text = (name: string) => ({ name, type: AttributeType.STRING });
const number = (name: string) => ({ name, type: AttributeType.NUMBER });
const KEPT = { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } };

export class Tables extends Construct {
  readonly log: Table;
  readonly inbox: Table;
  readonly connections: Table;
  readonly people: Table;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    const table = (
      name: string,
      keys: Pick<TableProps, "partitionKey" | "sortKey">,
      rest: Partial<TableProps>,
    ) =>
      new Table(this, name, {
        ...keys,
        billingMode: BillingMode.PAY_PER_REQUEST,
        removalPolicy: removalOf(deployment),
        ...rest,
      });

    this.log = table(
      "Log",
      { partitionKey: text("conversation"), sortKey: number("seq") },
      // The relay takes an entry from the stream only to know where to look, so what was there before is no use.
      { ...KEPT, timeToLiveAttribute: TTL_ATTRIBUTE, stream: StreamViewType.NEW_IMAGE },
    );

    this.inbox = table("Inbox", { partitionKey: text("user"), sortKey: text("conversation") }, KEPT);
    // A local index, because only those can be read consistently. It holds the keys alone, so that a rising
    // watermark, the most frequent write of all, is one write unit and not two.
    this.inbox.addLocalSecondaryIndex({
      indexName: BY_ACTIVITY,
      sortKey: number("activeAt"),
      projectionType: ProjectionType.KEYS_ONLY,
    });

    // Not kept: its rows are worth nothing once the sockets are gone.
    this.connections = table(
      "Connections",
      { partitionKey: text("user"), sortKey: text("connectionId") },
      { timeToLiveAttribute: TTL_ATTRIBUTE },
    );

    this.people = table("People", { partitionKey: text("key") }, KEPT);
  }
}
