// The backend's own template: its roles as they are read, and what each function may and may not do.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { roleKeys } from "../functions/role-keys";
import { synthesize } from "../synth/synthesize";
import { textAt } from "../template/json";
import { readTemplate, type Template } from "../template/template";
import { createIam, type Iam } from "./create-iam";
import { createDynamoRequests } from "./dynamo-requests";
import { temporaryReport } from "./iam-fixture";

const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

let template: Template;
let iam: Iam;

const named = (type: string, part: string) => {
  const found = template.resources.find(({ id, type: of }) => of === type && id.includes(part));
  if (found === undefined) throw new Error(`the template has no ${type} with ${part} in its id`);
  return found;
};
const lambdas = () => template.resources.filter(({ type }) => type === "AWS::Lambda::Function");
const keysOf = (part: string) => {
  const found = named("AWS::Lambda::Function", part);
  return roleKeys(template.nameOf(found), textAt(found.properties, "Role") ?? "");
};

/** The function's call on a table, by the beginnings of their ids in the template. */
function calls(lambda: string, operation: string, table: string, input: object = {}): string {
  const TableName = template.nameOf(named("AWS::DynamoDB::Table", `Tables${table}`));
  const [request] = createDynamoRequests(template)(operation, { TableName, ...input });
  if (request === undefined) throw new Error(`${operation} asks for nothing`);
  return iam.decide({ ...request, accessKeyId: keysOf(lambda).accessKeyId }).is;
}

beforeAll(async () => {
  const { assembly } = await synthesize({ outDir: join(PROJECT, ".local/assembly") });
  template = readTemplate(assembly);
  iam = createIam({
    resources: template.resources,
    nameOf: template.nameOf,
    keys: () => lambdas().map(({ id }) => keysOf(id)),
    stackName: assembly.stackName,
    reportFile: temporaryReport(),
    tell: () => {},
  });
});

describe("the backend's roles", () => {
  it("are read, every one that a function has", () => {
    const { roles } = iam.report();
    expect(roles.flatMap(({ functions }) => functions).sort()).toEqual(lambdas().map(template.nameOf).sort());
    expect(roles.filter(({ granted }) => granted.length === 0)).toEqual([]);
  });

  it("are granted no action or table by a star, but the ids of connections and streams of logs", () => {
    const granted = iam.report().roles.flatMap((role) => role.granted);
    expect(granted.filter(({ action }) => action.includes("*"))).toEqual([]);
    const starred = granted.map(({ resource }) => resource).filter((resource) => resource.includes("*"));
    expect(starred.filter((it) => !/@connections\/\*$|:log-group:[^*]+:\*$/.test(it))).toEqual([]);
  });

  it("let a function query the log, and scan nothing", () => {
    expect(calls("Frames", "Query", "Log")).toBe("allowed");
    for (const lambda of ["Authorize", "Connect", "Disconnect", "Frames"])
      for (const table of ["Log", "Inbox", "Connections", "People"])
        expect([lambda, table, calls(lambda, "Scan", table)]).toEqual([lambda, table, "denied"]);
  });

  it("let the inbox be queried by its index and not by its table", () => {
    expect(calls("Frames", "Query", "Inbox", { IndexName: "byActivity" })).toBe("allowed");
    expect(calls("Frames", "Query", "Inbox")).toBe("denied");
  });

  it("let frames post to connections of this stage, and not cut them", () => {
    const api = template.nameOf(named("AWS::ApiGatewayV2::Api", "Socket"));
    const manage = (lambda: string, method: string, stage = "chat") =>
      iam.decide({
        accessKeyId: keysOf(lambda).accessKeyId,
        action: "execute-api:ManageConnections",
        resource: `arn:aws:execute-api:us-east-1:000000000000:${api}/${stage}/${method}/@connections/L0SM9c=`,
      }).is;
    expect(manage("Frames", "POST")).toBe("allowed");
    expect(manage("Frames", "DELETE")).toBe("denied");
    expect(manage("Frames", "POST", "other")).toBe("denied");
    expect(manage("Connect", "POST")).toBe("denied");
  });

  it("let each function keep its own log", () => {
    for (const each of lambdas()) {
      const { accessKeyId, functionName } = keysOf(each.id);
      const log = { accessKeyId, functionName, stream: "2026/01/31/[$LATEST]0123" };
      expect([iam.mayOpenLog(log), iam.mayWriteLog(log)]).toEqual([true, true]);
    }
  });

  it("let API Gateway call each function for its own route only", () => {
    const api = `arn:aws:execute-api:us-east-1:000000000000:${template.nameOf(named("AWS::ApiGatewayV2::Api", "Socket"))}`;
    const may = (lambda: string, source: string) =>
      iam.mayInvoke({
        functionArn: `arn:aws:lambda:us-east-1:000000000000:function:${keysOf(lambda).functionName}`,
        principal: "apigateway.amazonaws.com",
        sourceArn: `${api}/${source}`,
      });
    const authorizer = template.nameOf(named("AWS::ApiGatewayV2::Authorizer", "Authorizer"));
    expect(may("Authorize", `authorizers/${authorizer}`)).toBe(true);
    expect(may("Connect", "chat/$connect")).toBe(true);
    expect(may("Disconnect", "chat/$disconnect")).toBe(true);
    expect(may("Frames", "chat/$default")).toBe(true);
    expect(may("Frames", "chat/$connect")).toBe(false);
    expect(may("Authorize", "chat/$connect")).toBe(false);
  });
});
