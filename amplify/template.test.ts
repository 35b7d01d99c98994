import { beforeAll, describe, expect, it } from "vitest";
import { synthesize, type Properties, type Synthesized } from "../tests/fixtures/synthesis";
import { isRecord } from "./chat/adapters/attribute-values";

let sandbox: readonly Synthesized[];
let branch: readonly Synthesized[];

beforeAll(async () => {
  [sandbox, branch] = await Promise.all([
    synthesize({ type: "sandbox", name: "local" }),
    synthesize(
      { type: "branch", name: "feature/ticks" },
      {
        PARLEY_ORIGINS: "https://chat.example.com",
        PARLEY_ACCESS_LOGS: "on",
        PARLEY_ALARM_TOPIC: "arn:aws:sns:us-east-1:123456789012:on-call",
      },
    ),
  ]);
  // Seconds where nothing else runs; the libraries are large.
}, 180_000);

const ofType = (type: string, from = sandbox) => from.filter((resource) => resource.type === type);
const one = (type: string, from = sandbox): Properties => {
  const [first, ...rest] = ofType(type, from);
  if (!first || rest.length > 0)
    throw new Error(`expected one ${type}, found ${rest.length + (first ? 1 : 0)}`);
  return first.properties;
};
const named = (type: string, part: string, from = sandbox): Properties => {
  const found = ofType(type, from).find(({ logicalId }) => logicalId.includes(part));
  if (!found) throw new Error(`expected a ${type} named after ${part}`);
  return found.properties;
};

type Statement = { readonly Action: unknown; readonly Resource: unknown; readonly Effect: unknown };
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const statementsOf = (policy: Properties): readonly Statement[] => {
  const document = policy["PolicyDocument"];
  return isRecord(document) ? (listOf(document["Statement"]) as readonly Statement[]) : [];
};
const actionsOf = (role: string) =>
  statementsOf(named("AWS::IAM::Policy", `Chat${role}Role`)).flatMap(({ Action, Resource }) =>
    listOf(Action).map((action) => `${String(action)} on ${JSON.stringify(Resource)}`),
  );

describe("the functions", () => {
  const chatPolicies = () => ofType("AWS::IAM::Policy").filter(({ stack }) => stack === "chat");

  it("have each a role of their own, with no managed policy", () => {
    const functions = ofType("AWS::Lambda::Function");
    const roles = functions.map(({ properties }) => JSON.stringify(properties["Role"]));

    expect(functions).toHaveLength(5);
    expect(new Set(roles).size).toBe(5);
    for (const role of ofType("AWS::IAM::Role").filter(({ stack }) => stack === "chat"))
      expect(role.properties["ManagedPolicyArns"]).toBeUndefined();
  });

  it("are granted named actions on named resources, never a star and never a scan", () => {
    const statements = chatPolicies().flatMap(({ properties }) => statementsOf(properties));

    expect(statements.length).toBeGreaterThan(8);
    for (const { Action, Resource } of statements) {
      for (const action of listOf(Action)) expect(String(action)).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
      for (const resource of listOf(Resource)) expect(JSON.stringify(resource)).not.toMatch(/^"?\*"?$/);
    }
    expect(JSON.stringify(chatPolicies())).not.toContain("Scan");
  });

  it("may post to connections of this stage only, and only those that push", () => {
    const manage = (role: string) => actionsOf(role).filter((action) => action.startsWith("execute-api:"));

    expect(manage("Authorize")).toEqual([]);
    expect(manage("Connect")).toEqual([]);
    for (const role of ["Disconnect", "Frames", "Relay"]) {
      expect(manage(role)).toHaveLength(1);
      expect(manage(role)[0]).toMatch(/ChatSocketApi[^"]*"\},"\/chat\/POST\/@connections\/\*"/);
    }
  });

  it("know the user pool only where a token is verified, which needs no table", () => {
    expect(actionsOf("Authorize").filter((action) => action.startsWith("dynamodb:"))).toEqual([]);
    expect(named("AWS::Lambda::Function", "ChatConnect")).not.toHaveProperty(
      "Environment.Variables.USER_POOL_ID",
    );
    expect(named("AWS::Lambda::Function", "ChatAuthorize")).toHaveProperty(
      "Environment.Variables.USER_POOL_ID",
    );
  });

  it("write to log groups of their own that forget", () => {
    const groups = ofType("AWS::Logs::LogGroup");

    expect(groups).toHaveLength(5);
    for (const { properties } of groups) expect(properties["RetentionInDays"]).toBeGreaterThan(0);
    for (const { properties } of ofType("AWS::Lambda::Function"))
      expect(properties).toHaveProperty("LoggingConfig.LogGroup.Ref");
  });

  it("give up before the gateway does, at 29 s", () => {
    for (const { properties } of ofType("AWS::Lambda::Function"))
      expect(properties["Timeout"]).toBeLessThan(29);
  });

  it("let in the pages of this machine in a sandbox, of the branch in a branch", () => {
    const origins = (from: readonly Synthesized[]) => {
      const environment = named("AWS::Lambda::Function", "ChatAuthorize", from)["Environment"];
      const variables = isRecord(environment) ? environment["Variables"] : undefined;
      return isRecord(variables) ? variables["ALLOWED_ORIGINS"] : undefined;
    };

    expect(origins(sandbox)).toBe("http://localhost:*,http://*.localhost:*");
    expect(origins(branch)).toBe("https://feature-ticks.d1a2b3.amplifyapp.com,https://chat.example.com");
  });
});

describe("the tables", () => {
  it("expire what has an end", () => {
    for (const name of ["TablesLog", "TablesConnections"])
      expect(named("AWS::DynamoDB::Table", name)["TimeToLiveSpecification"]).toEqual({
        AttributeName: "expiresAtSeconds",
        Enabled: true,
      });
  });

  it("can be taken back to any point in time, all but who is connected", () => {
    for (const name of ["TablesLog", "TablesInbox", "TablesPeople"])
      expect(named("AWS::DynamoDB::Table", name)["PointInTimeRecoverySpecification"]).toEqual({
        PointInTimeRecoveryEnabled: true,
      });
    expect(
      named("AWS::DynamoDB::Table", "TablesConnections")["PointInTimeRecoverySpecification"],
    ).toBeUndefined();
  });

  it("cost nothing when nobody talks", () => {
    for (const { properties } of ofType("AWS::DynamoDB::Table"))
      expect(properties["BillingMode"]).toBe("PAY_PER_REQUEST");
  });

  it("list conversations by a local index, which can be read consistently", () => {
    expect(named("AWS::DynamoDB::Table", "TablesInbox")).toMatchObject({
      LocalSecondaryIndexes: [
        {
          IndexName: "byActivity",
          KeySchema: [{ AttributeName: "user" }, { AttributeName: "activeAt" }],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
    });
    expect(JSON.stringify(ofType("AWS::DynamoDB::Table"))).not.toContain("GlobalSecondaryIndexes");
  });
});

describe("the relay", () => {
  const mapping = () => one("AWS::Lambda::EventSourceMapping");

  it("is set off by new entries of the log only, gathered for a second", () => {
    expect(named("AWS::DynamoDB::Table", "TablesLog")["StreamSpecification"]).toEqual({
      StreamViewType: "NEW_IMAGE",
    });
    expect(JSON.stringify(ofType("AWS::DynamoDB::Table")).split("StreamViewType")).toHaveLength(2);
    expect(mapping()).toMatchObject({
      EventSourceArn: { "Fn::GetAtt": [expect.stringContaining("TablesLog"), "StreamArn"] },
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      MaximumBatchingWindowInSeconds: 1,
      StartingPosition: "TRIM_HORIZON",
    });
  });

  it("gives up a record that fails for good, alone, and leaves it where an alarm sees it", () => {
    const queue = { "Fn::GetAtt": [expect.stringContaining("DeadLetters"), "Arn"] };

    expect(mapping()).toMatchObject({
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 6,
      MaximumRecordAgeInSeconds: 3_600,
      DestinationConfig: { OnFailure: { Destination: queue } },
    });
    expect(one("AWS::SQS::Queue")["MessageRetentionPeriod"]).toBe(14 * 24 * 3_600);
    expect(one("AWS::CloudWatch::Alarm")).toMatchObject({
      MetricName: "ApproximateNumberOfMessagesVisible",
      Dimensions: [{ Name: "QueueName" }],
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      Threshold: 1,
    });
  });

  it("tells the owner's topic, where there is one", () => {
    expect(one("AWS::CloudWatch::Alarm")["AlarmActions"]).toBeUndefined();
    expect(one("AWS::CloudWatch::Alarm", branch)["AlarmActions"]).toEqual([
      "arn:aws:sns:us-east-1:123456789012:on-call",
    ]);
  });
});

describe("the socket", () => {
  it("asks the authorizer at $connect, by the subprotocol", () => {
    expect(one("AWS::ApiGatewayV2::Authorizer")).toMatchObject({
      AuthorizerType: "REQUEST",
      IdentitySource: ["route.request.header.Sec-WebSocket-Protocol"],
    });
    expect(named("AWS::ApiGatewayV2::Route", "connectRoute")).toMatchObject({
      RouteKey: "$connect",
      AuthorizationType: "CUSTOM",
    });
  });

  it("answers on the frames' route and to pings, and nowhere else", () => {
    const keys = (list: readonly Synthesized[]) =>
      list.map(({ properties }) => properties["RouteKey"]).sort();
    const routes = ofType("AWS::ApiGatewayV2::Route");
    const twoWay = routes.filter(
      ({ properties }) => properties["RouteResponseSelectionExpression"] === "$default",
    );

    expect(keys(routes)).toEqual(["$connect", "$default", "$disconnect", "mark", "ping", "typing"]);
    expect(keys(twoWay)).toEqual(["$default", "ping"]);
    expect(ofType("AWS::ApiGatewayV2::RouteResponse")).toHaveLength(2);
  });

  it("runs the frames' function for what is told too, and lets those routes call it", () => {
    const callers = ofType("AWS::Lambda::Permission")
      .filter(({ properties }) => JSON.stringify(properties["FunctionName"]).includes("ChatFrames"))
      .map(({ properties }) => /\/\*([^"]+)"/.exec(JSON.stringify(properties["SourceArn"]))?.[1]);
    const integrations = ofType("AWS::ApiGatewayV2::Integration").filter(({ properties }) =>
      JSON.stringify(properties["IntegrationUri"] ?? "").includes("ChatFrames"),
    );

    expect(callers.sort()).toEqual(["$default", "mark", "typing"]);
    expect(integrations).toHaveLength(callers.length);
  });

  it("answers pings without a function", () => {
    const integration = ofType("AWS::ApiGatewayV2::Integration").find(
      ({ properties }) => properties["IntegrationType"] === "MOCK",
    );

    expect(integration?.properties["RequestTemplates"]).toEqual({ $default: '{"statusCode":200}' });
    expect(one("AWS::ApiGatewayV2::IntegrationResponse")).toMatchObject({
      IntegrationId: { Ref: integration?.logicalId },
      IntegrationResponseKey: "$default",
      ResponseTemplates: { $default: '{"type":"pong"}' },
    });
  });

  it("names both the rate and the burst of its throttle, and deploys by itself", () => {
    expect(one("AWS::ApiGatewayV2::Stage")).toMatchObject({
      StageName: "chat",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 5_000, ThrottlingBurstLimit: 2_500 },
    });
  });

  it("logs accesses only when asked to: a fresh account has no role for it", () => {
    expect(one("AWS::ApiGatewayV2::Stage")["AccessLogSettings"]).toBeUndefined();
    expect(one("AWS::ApiGatewayV2::Stage", branch)).toHaveProperty("AccessLogSettings.DestinationArn");
    expect(JSON.stringify(one("AWS::ApiGatewayV2::Stage", branch))).not.toContain("body");
  });
});

describe("the user pool", () => {
  it("takes the cheapest plan and asks for a name", () => {
    const pool = one("AWS::Cognito::UserPool");

    expect(pool["UserPoolTier"]).toBe("LITE");
    expect(pool["Schema"]).toContainEqual({ Name: "name", Required: true, Mutable: true });
    expect(pool["AutoVerifiedAttributes"]).toEqual(["email"]);
    expect(pool["EmailVerificationMessage"]).toContain("{####}");
  });

  it("tells nobody who has an account, and takes no password in the clear", () => {
    expect(one("AWS::Cognito::UserPoolClient")).toMatchObject({
      PreventUserExistenceErrors: "ENABLED",
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      AccessTokenValidity: 60,
      TokenValidityUnits: { AccessToken: "minutes" },
    });
  });

  it("gives no AWS credentials to who has not signed in", () => {
    expect(one("AWS::Cognito::IdentityPool")["AllowUnauthenticatedIdentities"]).toBe(false);
  });
});

describe("the stacks", () => {
  const PHYSICAL_NAMES: Readonly<Record<string, string>> = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::IAM::Role": "RoleName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::Cognito::UserPool": "UserPoolName",
    "AWS::Cognito::IdentityPool": "IdentityPoolName",
  };

  it("fix no name: sandboxes and branches share an account", () => {
    for (const { type, properties, logicalId } of [...sandbox, ...branch]) {
      const attribute = PHYSICAL_NAMES[type];
      if (attribute) expect(properties[attribute], logicalId).toBeUndefined();
    }
  });

  it("refer to each other one way only", () => {
    const nested = ofType("AWS::CloudFormation::Stack");
    const referredTo = ({ properties }: Synthesized) =>
      nested
        .filter(({ logicalId }) => JSON.stringify(properties["Parameters"] ?? {}).includes(logicalId))
        .map(({ logicalId }) => logicalId.replace(/[0-9A-F]{8}$/, ""));

    expect(
      Object.fromEntries(
        nested.map((stack) => [stack.logicalId.replace(/[0-9A-F]{8}$/, ""), referredTo(stack)]),
      ),
    ).toEqual({ auth: [], chat: ["auth"] });
  });

  it("outlive a mistake in a branch what people wrote, and leave nothing behind in a sandbox", () => {
    for (const type of ["AWS::DynamoDB::Table", "AWS::Cognito::UserPool"]) {
      for (const { deletionPolicy } of ofType(type, branch)) expect(deletionPolicy).toBe("Retain");
      for (const { deletionPolicy } of ofType(type, sandbox)) expect(deletionPolicy).toBe("Delete");
    }
  });
});
