import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAmplifyConfig } from "aws-amplify/utils";
import { beforeEach, describe, expect, it } from "vitest";
import { openAssembly } from "../template/assembly";
import { nestedAt, writeAssembly } from "../template/assembly-fixture";
import { readTemplate, type Template } from "../template/template";
import { writeOutputs } from "./write-outputs";

/** As Amplify Gen 2 writes the root stack of a user pool and of `backend.addOutput({ custom })`. */
const auth = {
  userPoolId: { "Fn::GetAtt": ["nested", "Outputs.Pool"] },
  webClientId: { "Fn::GetAtt": ["nested", "Outputs.Client"] },
  identityPoolId: { "Fn::GetAtt": ["nested", "Outputs.Identities"] },
  authRegion: { Ref: "AWS::Region" },
  signupAttributes: '["email","name"]',
  usernameAttributes: '["email"]',
  verificationMechanisms: '["email"]',
  passwordPolicyMinLength: "10",
  passwordPolicyRequirements: '["REQUIRES_NUMBERS"]',
  mfaConfiguration: "OFF",
  mfaTypes: "[]",
  allowUnauthenticatedIdentities: "false",
  groups: "[]",
};
const socket = [
  "wss://",
  { "Fn::GetAtt": ["nested", "Outputs.Api"] },
  ".execute-api.",
  { Ref: "AWS::Region" },
];
const custom = {
  "Fn::Join": [
    "",
    ['{"custom":{"chat":{"socketUrl":"', ...socket, '.amazonaws.com/chat"}},"version":"1.4"}'],
  ],
};
const valued = (outputs: object) =>
  Object.fromEntries(Object.entries(outputs).map(([name, Value]: [string, unknown]) => [name, { Value }]));
const root = {
  Metadata: {
    "AWS::Amplify::Platform": { version: "1", stackOutputs: ["deploymentType", "region"] },
    "AWS::Amplify::Auth": { version: "1", stackOutputs: Object.keys(auth) },
    "AWS::Amplify::Custom": { version: "1", stackOutputs: ["customOutputs"] },
  },
  Resources: {
    nested: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: nestedAt("nested") } },
  },
  Outputs: valued({ ...auth, customOutputs: custom, deploymentType: "sandbox", region: "us-east-1" }),
};
const nested = {
  Resources: {
    Pool: { Type: "AWS::Cognito::UserPool" },
    Client: { Type: "AWS::Cognito::UserPoolClient" },
    Identities: { Type: "AWS::Cognito::IdentityPool" },
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "WEBSOCKET" } },
  },
  Outputs: valued({
    Pool: { Ref: "Pool" },
    Client: { Ref: "Client" },
    Identities: { Ref: "Identities" },
    Api: { Ref: "Api" },
  }),
};

let template: Template;
let file: string;
beforeEach(() => {
  template = readTemplate(openAssembly(writeAssembly({ root, nested: { nested } })));
  file = join(mkdtempSync(join(tmpdir(), "parley-outputs-")), "amplify_outputs.json");
});
const write = (port = 3001) => writeOutputs({ template, cloudAddress: `http://localhost:${port}`, file });
const written = (): unknown => JSON.parse(readFileSync(file, "utf8"));

describe("amplify_outputs.json", () => {
  it("is what Amplify's own generator makes, with this machine's addresses", async () => {
    expect(await write()).toEqual({ is: "written" });
    expect(written()).toEqual({
      version: "1.5",
      auth: {
        user_pool_id: expect.stringMatching(/^us-east-1_\w{9}$/),
        aws_region: "us-east-1",
        user_pool_client_id: expect.stringMatching(/^[a-z0-9]{26}$/),
        identity_pool_id: expect.stringMatching(/^us-east-1:[0-9a-f-]{36}$/),
        mfa_methods: [],
        standard_required_attributes: ["email", "name"],
        username_attributes: ["email"],
        user_verification_types: ["email"],
        groups: [],
        mfa_configuration: "NONE",
        password_policy: {
          min_length: 10,
          require_lowercase: false,
          require_numbers: true,
          require_symbols: false,
          require_uppercase: false,
        },
        unauthenticated_identities_enabled: false,
      },
      custom: {
        chat: { socketUrl: "ws://localhost:3001/chat" },
        userPoolEndpoint: "http://localhost:3001/cognito/",
      },
    });
  });

  it("is understood by the Amplify libraries", async () => {
    await write();
    const outputs = written();
    if (typeof outputs !== "object" || outputs === null)
      throw new Error("unable to read the outputs; no object");
    const { Auth } = parseAmplifyConfig(outputs);
    expect(Auth?.Cognito.userPoolClientId).toMatch(/^[a-z0-9]{26}$/);
    expect(Auth?.Cognito.loginWith).toMatchObject({ email: true });
  });

  it("is left alone when it is right already, so that nothing is built again", async () => {
    await write();
    const { mtimeMs } = statSync(file);
    expect(await write()).toEqual({ is: "unchanged" });
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
    expect(await write(4001)).toEqual({ is: "written" });
    expect(readdirSync(join(file, ".."))).toEqual(["amplify_outputs.json"]);
  });

  it("of a real deployment is kept beside ours", async () => {
    const deployed = JSON.stringify({ version: "1.5", auth: { user_pool_id: "eu-west-1_abc" }, custom: {} });
    writeFileSync(file, deployed);
    const keptAs = file.replace(".json", ".deployed.json");
    expect(await write()).toEqual({ is: "written", keptAs });
    expect(readFileSync(keptAs, "utf8")).toBe(deployed);
  });

  it("of a real deployment that cannot be read is kept too", async () => {
    writeFileSync(file, "{ half");
    expect((await write()).keptAs).toBeDefined();
  });

  it("without anything in it is not worth keeping", async () => {
    writeFileSync(file, `{ "version": "1.5" }`);
    expect(await write()).toEqual({ is: "written" });
    expect(existsSync(file.replace(".json", ".deployed.json"))).toBe(false);
  });

  it("is made without loading Amplify's generator the second time", async () => {
    await write();
    const kept = join(template.assembly.directory, "client-config.json");
    const config: unknown = JSON.parse(readFileSync(kept, "utf8"));
    writeFileSync(kept, JSON.stringify({ ...Object(config), config: { version: "kept" } }));
    await write();
    expect(written()).toMatchObject({ version: "kept" });
  });
});
