import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readAccount } from "./account";

let server: Server | undefined;
afterEach(() => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  server?.close();
});

type Replies = Readonly<Record<string, readonly [status: number, json: object]>>;

/** AWS at an address on this machine, which answers by the service that a request is signed for. */
async function awsSaying(replies: Replies): Promise<NodeJS.ProcessEnv> {
  const serviceOf = ({ headers }: IncomingMessage) =>
    /\/([a-z]+)\/aws4_request/.exec(headers.authorization ?? "")?.[1];
  const made = createServer((request, response) => {
    const [status, json] = replies[serviceOf(request) ?? ""] ?? [500, {}];
    request.resume().on("end", () => response.writeHead(status).end(JSON.stringify(json)));
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  const address = made.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return shellAt(`http://127.0.0.1:${port}`);
}

const shellAt = (endpoint: string): NodeJS.ProcessEnv => ({
  AWS_ACCESS_KEY_ID: "AKIA1",
  AWS_SECRET_ACCESS_KEY: "a secret",
  AWS_REGION: "eu-west-1",
  AWS_ENDPOINT_URL: endpoint,
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
});
/** Also for AWS's own library, which reads the environment of this process. */
function profileThat(runs: string): NodeJS.ProcessEnv {
  const config = join(mkdtempSync(join(tmpdir(), "parley-home-")), "config");
  writeFileSync(config, `[profile team]\ncredential_process = ${runs}\n`);
  vi.stubEnv("AWS_CONFIG_FILE", config);
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  return { AWS_CONFIG_FILE: config, AWS_PROFILE: "team" };
}
const IDENTITY = { GetCallerIdentityResponse: { GetCallerIdentityResult: { Account: "111122223333" } } };

describe("asking AWS about the account", () => {
  it("learns whose it is, its bootstrap and its CloudWatch role", async () => {
    const env = await awsSaying({
      sts: [200, IDENTITY],
      ssm: [200, { Parameter: { Value: "30" } }],
      apigateway: [200, { cloudwatchRoleArn: "arn:aws:iam::111122223333:role/logs" }],
    });

    expect(await readAccount(env)).toMatchObject({
      answer: { is: "known", id: "111122223333", bootstrapVersion: 30, hasCloudWatchRole: true },
    });
  });

  it("tells what is missing from what it may not see", async () => {
    const env = await awsSaying({
      sts: [200, IDENTITY],
      ssm: [400, { __type: "ParameterNotFound" }],
      apigateway: [403, { message: "no" }],
    });

    expect(await readAccount(env)).toMatchObject({
      answer: { is: "known", bootstrapVersion: undefined, hasCloudWatchRole: undefined },
    });
  });

  it("says what AWS says of keys that it refuses", async () => {
    const env = await awsSaying({ sts: [403, { Error: { Message: "The security token is expired" } }] });

    expect(await readAccount(env)).toMatchObject({
      answer: { is: "refused", says: "The security token is expired" },
    });
  });

  it("goes on without an answer where there is no way to AWS", async () => {
    expect(await readAccount(shellAt("http://127.0.0.1:1"))).toMatchObject({ answer: { is: "unreachable" } });
  });

  it("goes on with the keys that a profile gives, to the same questions", async () => {
    const env = await awsSaying({
      sts: [200, IDENTITY],
      ssm: [200, { Parameter: { Value: "30" } }],
      apigateway: [200, { cloudwatchRoleArn: "arn:aws:iam::111122223333:role/logs" }],
    });
    const profile = profileThat(`echo '{"Version": 1, "AccessKeyId": "AKIA2", "SecretAccessKey": "s2"}'`);

    expect(await readAccount({ ...env, ...profile })).toEqual({
      is: "found",
      from: "profile team",
      region: "eu-west-1",
      answer: { is: "known", id: "111122223333", bootstrapVersion: 30, hasCloudWatchRole: true },
    });
  });

  it("asks nothing when the profile gives no keys", async () => {
    const env = await awsSaying({ sts: [200, IDENTITY] });

    expect(await readAccount({ ...env, ...profileThat("false") })).toMatchObject({
      is: "found",
      answer: { is: "unresolved" },
    });
  });

  it("keeps the keys to itself", async () => {
    const env = await awsSaying({ sts: [200, IDENTITY] });

    expect(JSON.stringify(await readAccount(env))).not.toMatch(/AKIA1|a secret/);
  });
});
