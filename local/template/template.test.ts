import { describe, expect, it } from "vitest";
import { assetDirectory, openAssembly } from "./assembly";
import { nestedAt, writeAssembly } from "./assembly-fixture";
import { readTemplate } from "./template";

const table = (properties: object = {}) => ({ Type: "AWS::DynamoDB::Table", Properties: properties });
const group = (name: unknown) => ({ Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: name } });
const read = (root: object, nested: Record<string, object> = {}) =>
  readTemplate(openAssembly(writeAssembly({ root, nested })));

describe("a template with nested stacks", () => {
  const root = {
    Metadata: { "AWS::Amplify::Platform": { version: "1", stackOutputs: ["tableName"] } },
    Resources: {
      chat: {
        Type: "AWS::CloudFormation::Stack",
        Properties: {
          TemplateURL: nestedAt("chat"),
          Parameters: { pool: { "Fn::GetAtt": ["auth", "Outputs.PoolRef"] } },
        },
      },
      auth: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: nestedAt("auth") } },
    },
    Outputs: { tableName: { Value: { "Fn::GetAtt": ["chat", "Outputs.TableRef"] } } },
  };
  const nested = {
    auth: {
      Resources: { Pool: { Type: "AWS::Cognito::UserPool", Properties: {} } },
      Outputs: { PoolRef: { Value: { Ref: "Pool" } } },
    },
    chat: {
      Parameters: { pool: { Type: "String" } },
      Resources: {
        Function: {
          Type: "AWS::Lambda::Function",
          Properties: {
            Code: { S3Bucket: "assets", S3Key: "b0b.zip" },
            Environment: { Variables: { POOL: { Ref: "pool" }, TABLE: { Ref: "Table" } } },
          },
        },
        Table: table(),
      },
      Outputs: { TableRef: { Value: { Ref: "Table" } } },
    },
  };
  const template = () => readTemplate(openAssembly(writeAssembly({ root, nested, bundles: ["b0b"] })));

  it("carries outputs of one nested stack into the parameters of another", () => {
    const { resources, nameOf, outputs } = template();
    const [pool, tableResource, fn] = resources;
    expect(resources.map(({ id }) => id)).toEqual(["auth/Pool", "chat/Table", "chat/Function"]);
    expect(fn?.properties["Environment"]).toEqual({
      Variables: { POOL: pool && nameOf(pool), TABLE: tableResource && nameOf(tableResource) },
    });
    expect(outputs["tableName"]).toBe(tableResource && nameOf(tableResource));
  });

  it("finds the bundle of a function by the key of its archive", () => {
    const { assembly, resources } = template();
    const fn = resources.find(({ id }) => id === "chat/Function");
    expect(fn && assetDirectory(assembly, fn)).toMatch(/asset\.b0b$/);
  });

  it("gives everything the same physical name again after a restart", () => {
    const names = () => {
      const { resources, nameOf } = template();
      return resources.map(nameOf);
    };
    expect(names()).toEqual(names());
    expect(names()[0]).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    expect(names()[1]).toMatch(
      /^amplify-parley-test-sandbox-0123456789-chat-[0-9A-Z]{12}-Table-[0-9A-Za-z]{12}$/,
    );
  });

  it("keeps the root's metadata, which says what the outputs are for", () => {
    expect(template().metadata).toEqual(root.Metadata);
  });
});

describe("what cannot run here is refused in one sentence", () => {
  it("names a resource type that no part runs", () => {
    const root = { Resources: { Queue: { Type: "AWS::SNS::Topic" } } };
    expect(() => read(root)).toThrow(/^unable to run AWS::SNS::Topic \(Queue\) here; .*resource-types\.ts/);
  });

  it("names the resources that refer to each other in a circle", () => {
    const root = {
      Resources: {
        A: group({ "Fn::Sub": "${B.Arn}" }),
        B: { ...table({ TableName: { Ref: "C" } }) },
        C: { ...group("c"), DependsOn: ["A"] },
      },
    };
    expect(() => read(root)).toThrow(/in a circle: A -> B -> C -> A/);
  });

  it("refuses nested stacks that need each other, as CloudFormation does, whatever the values are", () => {
    const stack = (key: string, other: string) => ({
      Type: "AWS::CloudFormation::Stack",
      Properties: { TemplateURL: nestedAt(key), Parameters: { p: { "Fn::GetAtt": [other, "Outputs.O"] } } },
    });
    const template = { Resources: {}, Outputs: { O: { Value: "constant" } } };
    const root = { Resources: { one: stack("one", "two"), two: stack("two", "one") } };
    expect(() => read(root, { one: template, two: template })).toThrow(/one -> two -> one/);
  });

  it("says where a reference leads nowhere", () => {
    const root = { Resources: { A: group({ Ref: "Nobody" }) } };
    expect(() => read(root)).toThrow("unable to refer to Nobody; there is no such resource (at A)");
  });

  it("says so when a resource is referred to that its condition leaves out", () => {
    const root = {
      Conditions: { Never: { "Fn::Equals": ["a", "b"] } },
      Resources: { A: group({ Ref: "B" }), B: { ...table(), Condition: "Never" } },
    };
    expect(() => read(root)).toThrow(/unable to refer to B; its condition leaves it out/);
  });

  it("names a function of CloudFormation that it does not know", () => {
    const root = { Resources: { A: group({ "Fn::GetAZs": "" }) } };
    expect(() => read(root)).toThrow(/unable to resolve Fn::GetAZs; .* \(at A\)/);
  });

  it("names the attribute that it does not know", () => {
    const root = { Resources: { T: table(), A: group({ "Fn::GetAtt": ["T", "Colour"] }) } };
    expect(() => read(root)).toThrow(/unable to read T\.Colour/);
  });
});

describe("a table's stream, what reads it and a queue", () => {
  const at = (logicalId: string, attribute: string) => ({ "Fn::GetAtt": [logicalId, attribute] });
  const outputsOf = (tableProperties: object) => {
    const root = {
      Resources: {
        Table: table(tableProperties),
        Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "dead-letters" } },
      },
      Outputs: {
        queue: { Value: { Ref: "Queue" } },
        queueArn: { Value: at("Queue", "Arn") },
        stream: { Value: at("Table", "StreamArn") },
      },
    };
    return read(root).outputs;
  };

  it("have the addresses that AWS gives them", () => {
    const { queue, queueArn, stream } = outputsOf({
      TableName: "log-1",
      StreamSpecification: { StreamViewType: "NEW_IMAGE" },
    });
    expect(queue).toBe("https://sqs.us-east-1.amazonaws.com/000000000000/dead-letters");
    expect(queueArn).toBe("arn:aws:sqs:us-east-1:000000000000:dead-letters");
    expect(stream).toMatch(/^arn:aws:dynamodb:us-east-1:000000000000:table\/log-1\/stream\/20/);
  });

  it("refuse the stream of a table that has none", () => {
    expect(() => outputsOf({})).toThrow(/unable to name the stream of Table; it has no StreamSpecification/);
  });
});
