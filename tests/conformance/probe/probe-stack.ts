// A backend that is made to show how AWS behaves, and is nothing else: no chat, nothing worth keeping.

import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { bundleHandlers } from "./bundle-handlers";
import { BareApi } from "./bare-api";
import { People } from "./people";
import { ProbeFunction } from "./probe-function";
import { SocketApi } from "./socket-api";
import { Tables } from "./tables";

export class ProbeStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    const code = bundleHandlers();
    const tables = new Tables(this, "Tables", { code });
    const people = new People(this, "People");
    const make = (name: string, handler: string, timeoutSeconds = 30): ProbeFunction => {
      const made = new ProbeFunction(this, name, {
        code,
        handler,
        timeoutSeconds,
        environment: {
          NOTES_TABLE: tables.notes.tableName,
          ITEMS_TABLE: tables.items.tableName,
          POOL_ID: people.poolId,
          CLIENT_IDS: people.clientIds.join(","),
        },
      });
      made.allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], [tables.notes.tableArn]);
      return made;
    };

    const post = make("Post", "post");
    const database = make("Database", "database");
    database.allow(
      ["BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem", "ConditionCheckItem"].map(
        (action) => `dynamodb:${action}`,
      ),
      [tables.notes.tableArn, tables.items.tableArn, `${tables.items.tableArn}/index/*`],
    );
    const failures = make("Failures", "failures");
    failures.allow(["sqs:ReceiveMessage", "sqs:DeleteMessage"], [tables.failures.queueArn]);
    failures.lambda.addEnvironment("FAILURES_URL", tables.failures.queueUrl);
    const connect = make("Connect", "connect");
    const api = new SocketApi(this, "Main", {
      authorize: make("Authorize", "authorize"),
      connect,
      disconnect: make("Disconnect", "disconnect"),
      talk: make("Talk", "talk"),
      // Longer than an integration may take: it goes on after the gateway has given up.
      wait: make("Wait", "wait", 60),
      linger: make("Linger", "linger"),
      post,
      // The same code without the grant.
      stranger: make("Stranger", "post"),
      database,
      failures,
    });
    for (const each of [post, connect]) each.allow(["execute-api:ManageConnections"], [api.connectionsArn]);
    const bare = new BareApi(this, "Bare");

    const outputs = {
      MainUrl: api.url,
      BareUrl: bare.url,
      PoolId: people.poolId,
      HidingClientId: people.hidingClientId,
      TellingClientId: people.tellingClientId,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
