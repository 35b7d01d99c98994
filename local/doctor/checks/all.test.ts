// Each check shown to fail, on facts that differ from well ones in one thing.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Facts } from "../facts";
import { knownAccount, stackOf, WELL, withSource, withStacks } from "../facts-fixture";
import { CHECKS, examine } from "./all";

const verdict = (check: string, facts: Facts): string => {
  const found = examine(facts).find((finding) => finding.check === check);
  if (!found) throw new Error(`there is no check ${check}`);
  return `${found.is}: ${found.says}`;
};
const resource = (type: string, properties: object = {}, rest: object = {}) => ({
  Type: type,
  Properties: properties,
  ...rest,
});
const of = (type: string, properties: object = {}, rest: object = {}): Facts =>
  withStacks([stackOf({ Thing12345678: resource(type, properties, rest) })]);
const stage = (properties: object) => of("AWS::ApiGatewayV2::Stage", { AutoDeploy: true, ...properties });
const rows = (type: string, properties: object, code = "") =>
  withStacks([stackOf({ Rows: resource(type, properties) })], [{ name: "F", bytes: code.length, code }]);
const table = (properties: object, code = "") => rows("AWS::DynamoDB::Table", properties, code);
const globalTable = (properties: object, code = "") => rows("AWS::DynamoDB::GlobalTable", properties, code);
const replica = (Region: string, isCovered: boolean) => ({
  Region,
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: isCovered },
});
const packages = (change: object): Facts => ({
  ...WELL,
  installed: { packages: { ...(WELL.installed?.["packages"] as object), ...change } },
});
const nested = (other: string) =>
  resource("AWS::CloudFormation::Stack", { Parameters: { p: { "Fn::GetAtt": [other, "Outputs.O"] } } });
const KEPT = { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" };

const CASES: readonly (readonly [check: string, what: string, facts: Facts, expected: RegExp])[] = [
  ["node", "an old Node", { ...WELL, node: "20.11.0" }, /^fail: Node 20\.11\.0 is too old/],
  ["node", "a Node that Amplify does not host", { ...WELL, node: "25.1.0" }, /^warn: .*20, 22, 24/],
  [
    "node",
    "a Node that has ended",
    { ...WELL, node: "20.20.2" },
    /^ok: .*ended in April 2026: 22 is recommend/,
  ],
  ["node", "the newest that Amplify hosts", { ...WELL, node: "24.1.0" }, /^ok: .*Amplify Hosting runs it/],
  ["npm", "an old npm", { ...WELL, npm: "8.1.0" }, /^warn: npm 8/],
  ["npm", "no npm", { ...WELL, npm: undefined }, /^fail: npm was not found/],
  ["npm", "a second lock file", withSource({ otherLocks: ["yarn.lock"] }), /^fail: There is yarn\.lock/],
  ["packages", "no packages", { ...WELL, installed: undefined }, /^fail: No packages/],
  [
    "engine",
    "no engine",
    { ...WELL, engine: { is: "missing", says: "there is no dynoxide for darwin-arm64 here" } },
    /^warn: .*no database engine yet: there is no dynoxide for darwin-arm64 here\.$/,
  ],
  [
    "packages",
    "a second copy of the CDK",
    packages({ "node_modules/x/node_modules/aws-cdk-lib": { version: "2.1.0" } }),
    /^fail: .*2 copies of aws-cdk-lib/,
  ],
  [
    "packages",
    "a CDK that Amplify does not accept",
    packages({ "node_modules/aws-cdk-lib": { version: "2.200.0" } }),
    /^fail: .*@aws-amplify\/backend wants aws-cdk-lib \^2\.257\.0, here is 2\.200\.0/,
  ],
  [
    "typescript",
    "a compiler without an API",
    packages({ "node_modules/typescript": { version: "7.0.0" } }),
    /^fail: TypeScript is 7/,
  ],
  ["lock", "no lock file", { ...WELL, lock: undefined }, /^fail: There is no package-lock/],
  [
    "lock",
    "a dependency that was not installed",
    { ...WELL, manifest: { ...WELL.manifest, devDependencies: { vitest: "^4.0.0" } } },
    /^fail: .*\(vitest\)/,
  ],
  [
    "amplify-yml",
    "an install that may change the lock file",
    withSource({ buildSpec: (WELL.sources.buildSpec ?? "").replace("npm ci", "npm install") }),
    /^fail: .*`npm ci`/,
  ],
  ["tsconfigs", "no tsconfig", withSource({ hasAmplifyTsconfig: false }), /^fail: .*checks no types at all/],
  [
    "tsconfigs",
    "a backend in the app's types",
    withSource({ amplifyInRootTsconfig: ["amplify/backend.ts"] }),
    /^fail: .*amplify\/backend\.ts/,
  ],
  ["types", "wrong types", { ...WELL, types: { are: "wrong", first: "a.ts(1,1): no" } }, /^fail: .*a\.ts/],
  ["amplify-yml", "no build spec", withSource({ buildSpec: undefined }), /^fail: There is no amplify\.yml/],
  [
    "amplify-yml",
    "another order, other artifacts",
    withSource({ buildSpec: "frontend:\n  artifacts:\n    baseDirectory: out\n" }),
    /^fail: .*pipeline-deploy.*npm run build.*\.next/,
  ],
  [
    "build-cache",
    "packages kept between builds",
    withSource({ buildSpec: "frontend:\n  cache:\n    paths:\n      - node_modules/**/*\n" }),
    /^warn: .*node_modules/,
  ],
  [
    "outputs-kept-out",
    "committed outputs",
    { ...WELL, repository: { is: "git", tracked: ["amplify_outputs.json"], symlinks: [], changed: [] } },
    /^fail: amplify_outputs\.json is committed/,
  ],
  ["outputs-kept-out", "outputs not ignored", withSource({ ignoredOutputs: false }), /^fail: .*gitignore/],
  [
    "outputs-here",
    "the local cloud's outputs",
    { ...WELL, outputs: { are: "local", address: "http://localhost:3001" } },
    /^warn: .*localhost:3001.*call this machine/,
  ],
  ["outputs-here", "broken outputs", { ...WELL, outputs: { are: "unreadable" } }, /^fail: .*cannot be read/],
  [
    "symlinks",
    "a committed link",
    { ...WELL, repository: { is: "git", tracked: [], symlinks: ["docs/x"], changed: [] } },
    /^fail: docs\/x/,
  ],
  ...(
    [
      ["a link", { symlinks: ["node_modules/pino-1"] }, /pino-1 is a symbolic link/],
      ["a compiled file", { native: ["a.node"] }, /a\.node is compiled/],
      ["a missing file", { missing: ["/b.js"] }, /b\.js is needed and missing/],
      ["too much", { bytes: 240_000_000 }, /229 MB, over 220 MB/],
      ["half a build", { hasServerFiles: false }, /not whole/],
    ] as const
  ).map(
    ([what, change, expected]) =>
      ["build", what, { ...WELL, build: { ...WELL.build!, ...change } }, expected] as const,
  ),
  ["pushed", "no repository", { ...WELL, repository: { is: "none" } }, /^warn: This is no Git/],
  [
    "pushed",
    "uncommitted files",
    { ...WELL, repository: { is: "git", tracked: [], symlinks: [], changed: ["a", "b", "c", "d"] } },
    /^warn: .*a, b, c and 1 more/,
  ],
  [
    "settings",
    "a switch misspelt",
    { ...WELL, settings: { PARLEY_ACCESS_LOGS: "true" } },
    /^fail: .*counts as off/,
  ],
  [
    "settings",
    "an origin with a path",
    { ...WELL, settings: { PARLEY_ORIGINS: "https://a.example, https://b.example/chat" } },
    /^fail: .*"https:\/\/b\.example\/chat", which is no origin/,
  ],
  [
    "settings",
    "a topic without its account",
    { ...WELL, settings: { PARLEY_ALARM_TOPIC: "on-call" } },
    /^fail: .*"on-call", which is no topic/,
  ],
  ["synthesis", "a broken backend", { ...WELL, backend: { is: "broken", says: "unable" } }, /^fail: unable/],
  [
    "cycles",
    "stacks that need each other",
    withStacks([stackOf({ one: nested("two"), two: nested("one") }, "root")]),
    /^fail: in root: .*one -> two -> one/,
  ],
  [
    "limits",
    "too many resources",
    withStacks([stackOf(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`R${i}`, {}])))]),
    /^fail: chat has 501 resources/,
  ],
  ...(
    [
      ["a named table", "AWS::DynamoDB::Table", "TableName"],
      ["a named global table", "AWS::DynamoDB::GlobalTable", "TableName"],
      ["a named alias of a key", "AWS::KMS::Alias", "AliasName"],
      ["a named secret", "AWS::SecretsManager::Secret", "Name"],
      ["a named user", "AWS::IAM::User", "UserName"],
    ] as const
  ).map(
    ([what, type, attribute]) =>
      [
        "names",
        what,
        of(type, { [attribute]: "one" }),
        new RegExp(`^fail: Thing \\(${attribute}\\)`),
      ] as const,
  ),
  [
    "names",
    "a named export",
    withStacks([{ ...stackOf({}), template: { Outputs: { Url: { Export: { Name: "url" } } } } }]),
    /^fail: Url \(Export\)/,
  ],
  [
    "kept",
    "a table deleted with its branch",
    of("AWS::DynamoDB::Table", {}, { DeletionPolicy: "Delete" }),
    /^fail: Thing/,
  ],
  [
    "kept",
    "a global table deleted with its branch",
    of("AWS::DynamoDB::GlobalTable", {}, { DeletionPolicy: "Delete" }),
    /^fail: Thing/,
  ],
  ["left-behind", "a table that outlives its sandbox", of("AWS::DynamoDB::Table", {}, KEPT), /^fail: Thing/],
  [
    "roles",
    "a star",
    of("AWS::IAM::Policy", {
      PolicyDocument: { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] },
    }),
    /^fail: Thing/,
  ],
  [
    "cloudwatch-role",
    "logs, the account unknown",
    stage({ AccessLogSettings: {} }),
    /^warn: The gateway is to write/,
  ],
  [
    "cloudwatch-role",
    "logs, an account without the role",
    { ...stage({ AccessLogSettings: {} }), account: knownAccount({ hasCloudWatchRole: false }) },
    /^fail: .*no CloudWatch role/,
  ],
  [
    "message-bodies",
    "data trace",
    stage({ DefaultRouteSettings: { DataTraceEnabled: true } }),
    /^fail: every route/,
  ],
  [
    "message-bodies",
    "INFO",
    stage({ RouteSettings: { ping: { LoggingLevel: "INFO" } } }),
    /^fail: ping: .*INFO/,
  ],
  [
    "throttles",
    "half a throttle",
    stage({ RouteSettings: { ping: { ThrottlingRateLimit: 5 } } }),
    /^fail: .*of ping/,
  ],
  ["throttles", "no throttle", stage({}), /^warn: Thing has no throttle/],
  [
    "timeouts",
    "a function that outlasts the gateway",
    withStacks([
      stackOf({
        Slow12345678: resource("AWS::Lambda::Function", { Timeout: 30 }),
        Way: resource("AWS::ApiGatewayV2::Integration", {
          IntegrationUri: { "Fn::GetAtt": ["Slow12345678", "Arn"] },
        }),
      }),
    ]),
    /^fail: Slow/,
  ],
  ["auto-deploy", "a stage that stands still", stage({ AutoDeploy: false }), /^fail: Stage Thing/],
  [
    "runtimes",
    "an old runtime",
    of("AWS::Lambda::Function", { Runtime: "nodejs20.x" }),
    /^fail: Thing \(nodejs20\.x\)/,
  ],
  [
    "variables",
    "a variable of Lambda's",
    of("AWS::Lambda::Function", { Environment: { Variables: { AWS_REGION: "x" } } }),
    /^fail: Thing sets AWS_REGION/,
  ],
  [
    "variables",
    "too many variables",
    of("AWS::Lambda::Function", { Environment: { Variables: { LIST: "x".repeat(5_000) } } }),
    /^fail: Thing has 50\d\d bytes/,
  ],
  [
    "bundles",
    "a large bundle",
    withStacks([], [{ name: "F", bytes: 2_000_000, code: "" }]),
    /^warn: F \(2000 KB\)/,
  ],
  ["bundles", "a bundle too large", withStacks([], [{ name: "F", bytes: 3e8, code: "" }]), /^fail: F: over/],
  ["log-retention", "a log for ever", of("AWS::Logs::LogGroup"), /^warn: Thing/],
  ["strangers", "a talkative client", of("AWS::Cognito::UserPoolClient"), /^fail: Thing tells a stranger/],
  [
    "passwords",
    "passwords in the clear",
    of("AWS::Cognito::UserPoolClient", { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] }),
    /^fail: Thing takes ALLOW_USER_PASSWORD_AUTH/,
  ],
  [
    "guests",
    "guests",
    of("AWS::Cognito::IdentityPool", { AllowUnauthenticatedIdentities: true }),
    /^fail: Thing gives/,
  ],
  ["mail", "Cognito's own sender", of("AWS::Cognito::UserPool"), /^warn: .*fifty a day/],
  ["recovery", "a table without recovery", table({}), /^fail: Rows has no point-in-time/],
  ["recovery", "a global table without replicas", globalTable({}), /^fail: Rows has no point-in-time/],
  [
    "recovery",
    "a replica without recovery",
    globalTable({ Replicas: [replica("eu-west-1", true), replica("eu-north-1", false)] }),
    /^fail: Rows has no point-in-time/,
  ],
  [
    "expiry",
    "an attribute that nobody writes",
    table({ TimeToLiveSpecification: { Enabled: true, AttributeName: "expiresAt" } }, "const a = 1"),
    /^fail: Rows: no function writes expiresAt/,
  ],
  [
    "expiry",
    "an attribute of a global table that nobody writes",
    globalTable({ TimeToLiveSpecification: { Enabled: true, AttributeName: "expiresAt" } }),
    /^fail: Rows: no function writes expiresAt/,
  ],
  [
    "expiry",
    "a key that expires",
    table({
      TimeToLiveSpecification: { Enabled: true, AttributeName: "at" },
      KeySchema: [{ AttributeName: "at", KeyType: "HASH" }],
    }),
    /^fail: Rows: at is a key/,
  ],
  ["credentials", "no credentials", WELL, /^warn: No AWS credentials/],
  [
    "credentials",
    "no region",
    { ...WELL, account: { is: "found", from: "profile team", region: undefined, answer: { is: "unasked" } } },
    /^fail: .*no region/,
  ],
  [
    "credentials",
    "expired credentials",
    { ...WELL, account: { is: "found", from: "x", region: "r", answer: { is: "refused", says: "expired" } } },
    /^fail: AWS refuses .*expired/,
  ],
  [
    "credentials",
    "a session that has ended",
    {
      ...WELL,
      account: { is: "found", from: "x", region: "r", answer: { is: "unresolved", says: "It has expired." } },
    },
    /^fail: It has expired\.$/,
  ],
  [
    "credentials",
    "no way to AWS",
    {
      ...WELL,
      account: { is: "found", from: "x", region: "r", answer: { is: "unreachable", says: "time" } },
    },
    /^warn: .*could not be asked/,
  ],
  ["bootstrap", "an unknown account", WELL, /^warn: .*cannot be seen/],
  [
    "bootstrap",
    "no bootstrap",
    { ...WELL, account: knownAccount({ bootstrapVersion: undefined }) },
    /^fail: .*not boot/,
  ],
  [
    "bootstrap",
    "an old bootstrap",
    { ...WELL, account: knownAccount({ bootstrapVersion: 5 }) },
    /^fail: .*version 5/,
  ],
];

describe("the doctor", () => {
  it.each(CASES)("%s: sees %s", (check, _what, facts, expected) => {
    expect(verdict(check, facts)).toMatch(expected);
  });

  it("has a case here for every check", () => {
    const shown = new Set(CASES.map(([check]) => check));

    expect(CHECKS.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });

  it("finds nothing to mend in a project that is well", () => {
    const findings = examine({ ...WELL, account: knownAccount() });

    expect(findings.filter(({ is }) => is !== "ok")).toEqual([]);
  });

  it("takes recovery from every replica of a global table", () => {
    const facts = globalTable({ Replicas: [replica("eu-west-1", true), replica("eu-north-1", true)] });

    expect(verdict("recovery", facts)).toMatch(/^ok: 1 tables/);
  });

  it("lets names pass that the stack gives", () => {
    const AliasName = { "Fn::Join": ["", ["alias/", { Ref: "AWS::StackName" }]] };

    expect(verdict("names", of("AWS::KMS::Alias", { AliasName }))).toMatch(/^ok/);
  });

  it("points to headings of docs/deploy.md that are there", () => {
    const headings = [...readFileSync("docs/deploy.md", "utf8").matchAll(/^#+ (.+)$/gm)].map(
      ([, title = ""]) =>
        title
          .toLowerCase()
          .replace(/[^\w\s-]/g, "")
          .replaceAll(" ", "-"),
    );

    expect(CHECKS.map(({ see }) => see).filter((see) => !headings.includes(see))).toEqual([]);
  });
});
