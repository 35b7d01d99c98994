import { afterAll, beforeAll, describe } from "vitest";
import { connectionsContract, watchesContract } from "../../../core/testing/connections.contract";
import { inboxContract } from "../../../core/testing/inbox.contract";
import { logContract } from "../../../core/testing/log.contract";
import { peopleContract } from "../../../core/testing/people.contract";
import { missing, startEngine, type Engine, type EngineName } from "../../../tests/fixtures/engine";
import { engineLine, makeTables } from "../../../tests/fixtures/engine-tables";
import { BY_ACTIVITY } from "../names";
import { Dynamo } from "./dynamo";
import { dynamoCall } from "./dynamo-call";
import { DynamoConnections, DynamoWatches } from "./dynamo-connections";
import { DynamoInbox } from "./dynamo-inbox";
import { DynamoLog } from "./dynamo-log";
import { DynamoPeople } from "./dynamo-people";
import { realWorld } from "./world";

const ENGINES: readonly EngineName[] = ["dynoxide", "dynamodb-local"];

for (const name of ENGINES) {
  const lacking = missing(name);
  const title = lacking === undefined ? `on ${name}` : `on ${name} (skipped: ${lacking})`;

  describe.skipIf(lacking !== undefined)(title, () => {
    let engine: Engine | undefined;
    let dynamo: Dynamo;

    beforeAll(async () => {
      engine = await startEngine(name);
      await makeTables(engine);
      dynamo = new Dynamo(dynamoCall(engine.endpoint, engineLine(), realWorld), realWorld);
    });
    afterAll(() => engine?.stop());

    logContract(title, () => new DynamoLog(dynamo, "Log"));
    inboxContract(title, () => new DynamoInbox(dynamo, "Inbox", BY_ACTIVITY));
    connectionsContract(title, () => new DynamoConnections(dynamo, "Connections"));
    watchesContract(title, () => new DynamoWatches(dynamo, "Connections"));
    peopleContract(title, () => new DynamoPeople(dynamo, "People"));
  });
}
