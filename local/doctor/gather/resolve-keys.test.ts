// With AWS's own library, in a home made for the test. Only AWS is a stand-in, on loopback.

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findCredentials } from "./credentials";
import { resolveKeys } from "./resolve-keys";

const SESSION = `[sso-session us]\nsso_start_url = https://us.awsapps.com/start\nsso_region = eu-west-1\n`;
const SIGNS_IN = `[profile team]\nsso_session = us\nsso_account_id = 111122223333\nsso_role_name = Admin\n${SESSION}`;
const HOUR_MS = 3_600_000;
/** Nobody listens there. */
const NOWHERE = "http://127.0.0.1:1";

let server: Server | undefined;
beforeEach(() => {
  vi.stubEnv("AWS_PROFILE", undefined);
  vi.stubEnv("AWS_CONFIG_FILE", undefined);
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", undefined);
  vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
  vi.stubEnv("AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED", "true");
  vi.stubEnv("AWS_ENDPOINT_URL", NOWHERE);
});
afterEach(() => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  server?.close();
});

/** A home with this configuration, and a session that ends at the instant given. */
function homeWith(config: string, endsAt?: number, renewal: object = {}): void {
  const home = mkdtempSync(join(tmpdir(), "parley-home-"));
  mkdirSync(join(home, ".aws/sso/cache"), { recursive: true });
  writeFileSync(join(home, ".aws/config"), config);
  const token = createHash("sha1").update("us").digest("hex");
  if (endsAt !== undefined)
    writeFileSync(
      join(home, `.aws/sso/cache/${token}.json`),
      JSON.stringify({ accessToken: "a token", expiresAt: new Date(endsAt).toISOString(), ...renewal }),
    );
  vi.stubEnv("HOME", home);
}

async function awsSaying(status: number, body: string): Promise<readonly string[]> {
  const asked: string[] = [];
  const made = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume().on("end", () => response.writeHead(status).end(body));
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  const address = made.address();
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
  return asked;
}

function resolved(profile = "team", patienceMs?: number) {
  const found = findCredentials({ AWS_PROFILE: profile, AWS_REGION: "eu-west-1" });
  if (found.are !== "elsewhere") throw new Error(`the credentials of ${profile} are ${found.are}`);
  return resolveKeys(found, patienceMs);
}
const processOf = (command: string): void => homeWith(`[profile team]\ncredential_process = ${command}\n`);

describe("the keys of a sign-in", () => {
  it("are those that the portal gives for its session", async () => {
    homeWith(SIGNS_IN, Date.now() + HOUR_MS);
    const roleCredentials = {
      accessKeyId: "ASIA1",
      secretAccessKey: "s1",
      sessionToken: "t1",
      expiration: Date.now() + HOUR_MS,
    };
    const asked = await awsSaying(200, JSON.stringify({ roleCredentials }));

    expect(await resolved()).toEqual({
      is: "keys",
      keys: { accessKeyId: "ASIA1", secretAccessKey: "s1", sessionToken: "t1" },
    });
    expect(asked).toEqual([expect.stringMatching(/^GET \/federation\/credentials\?.*role_name=Admin/)]);
  });

  it("are none when the session has expired, and then it says how to begin another", async () => {
    homeWith(SIGNS_IN, Date.now() - HOUR_MS);

    expect(await resolved()).toEqual({
      is: "unresolved",
      says: "The session of profile team has expired: run `aws sso login --profile team`, then again.",
    });
  });

  it("are none when the session has expired and AWS does not renew it", async () => {
    const renewal = { clientId: "c", clientSecret: "s", refreshToken: "r" };
    homeWith(SIGNS_IN, Date.now() - HOUR_MS, renewal);
    const asked = await awsSaying(400, `{"error":"invalid_grant"}`);

    expect(await resolved()).toMatchObject({ is: "unresolved", says: expect.stringMatching(/has expired/) });
    expect(asked).toEqual(["POST /token"]);
  });

  it("are none when nobody has signed in yet", async () => {
    homeWith(SIGNS_IN);

    expect(await resolved()).toEqual({
      is: "unresolved",
      says: "The session of profile team is missing or no longer good: run `aws sso login --profile team`, then again.",
    });
  });

  it("are none when AWS has ended the session before its time", async () => {
    homeWith(SIGNS_IN, Date.now() + HOUR_MS);
    await awsSaying(401, `{"__type":"UnauthorizedException","message":"Session token not found or invalid"}`);

    expect(await resolved()).toMatchObject({
      is: "unresolved",
      says: expect.stringMatching(/aws sso login/),
    });
  });

  it("are none when the person has no such role there, which no sign-in mends", async () => {
    homeWith(SIGNS_IN, Date.now() + HOUR_MS);
    await awsSaying(403, `{"__type":"ForbiddenException","message":"No access"}`);

    expect(await resolved()).toEqual({
      is: "unresolved",
      says: "No keys come from profile team (ForbiddenException: No access): mend that until `aws sts get-caller-identity --profile team` answers.",
    });
  });

  it("cannot be told where there is no way to AWS", async () => {
    homeWith(SIGNS_IN, Date.now() + HOUR_MS);

    expect(await resolved()).toMatchObject({ is: "unreachable" });
  });

  it("are none for a role that is taken with a session that has expired: the session is named", async () => {
    const role = `[profile admin]\nrole_arn = arn:aws:iam::111122223333:role/admin\nsource_profile = team\n`;
    homeWith(`${role}${SIGNS_IN}`, Date.now() - HOUR_MS);

    expect(await resolved("admin")).toEqual({
      is: "unresolved",
      says: "The session of profile admin has expired: run `aws sso login --profile team`, then again.",
    });
  });

  it("are none without the file of `aws login`", async () => {
    homeWith("[profile team]\nlogin_session = arn:aws:iam::111122223333:user/me\n");

    expect(await resolved()).toEqual({
      is: "unresolved",
      says: "The session of profile team is missing or no longer good: run `aws login --profile team`, then again.",
    });
  });
});

describe("the keys of a process", () => {
  it("are those that it prints", async () => {
    processOf(`echo '{"Version": 1, "AccessKeyId": "AKIA1", "SecretAccessKey": "s1"}'`);

    expect(await resolved()).toEqual({ is: "keys", keys: { accessKeyId: "AKIA1", secretAccessKey: "s1" } });
  });

  it("are none when it fails; what it said is told, its command line and its output are not", async () => {
    processOf(`echo AKIA1; echo the vault is locked >&2; false --password=secret`);

    expect(await resolved()).toEqual({
      is: "unresolved",
      says: "No keys come from profile team (the vault is locked): mend that until `aws sts get-caller-identity --profile team` answers.",
    });
  });

  it("are none when it fails for the want of something that is not AWS", async () => {
    processOf("echo no vault: ECONNREFUSED >&2; false");

    expect(await resolved()).toMatchObject({
      is: "unresolved",
      says: expect.stringMatching(/no vault: ECONNREFUSED/),
    });
  });

  it("are none when it fails without a word", async () => {
    processOf("false --password=secret");

    expect(await resolved()).toMatchObject({ says: expect.stringMatching(/failed without a word/) });
  });

  it("are none when what it prints is no JSON, which is not repeated", async () => {
    processOf("echo AKIA1 s1");

    const resolution = await resolved();
    expect(resolution).toMatchObject({ is: "unresolved", says: expect.stringMatching(/invalid JSON/) });
    expect(JSON.stringify(resolution)).not.toContain("AKIA1");
  });

  it("are not waited for longer than there is patience", async () => {
    processOf("sleep 2");

    expect(await resolved("team", 100)).toEqual({
      is: "unreachable",
      says: "no keys for profile team within 0.1 s",
    });
  });
});

describe("the keys of a role", () => {
  const role = (more = "") =>
    homeWith(
      `[profile team]\nrole_arn = arn:aws:iam::111122223333:role/admin\nsource_profile = me\n${more}` +
        `[profile me]\naws_access_key_id = AKIA1\naws_secret_access_key = s1\n`,
    );

  it("are those that AWS gives for it", async () => {
    role();
    const given = `<AccessKeyId>ASIA2</AccessKeyId><SecretAccessKey>s2</SecretAccessKey><SessionToken>t2</SessionToken>`;
    await awsSaying(
      200,
      `<AssumeRoleResponse><AssumeRoleResult><Credentials>${given}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    );

    expect(await resolved()).toEqual({
      is: "keys",
      keys: { accessKeyId: "ASIA2", secretAccessKey: "s2", sessionToken: "t2" },
    });
  });

  it("are none when AWS does not give it", async () => {
    role();
    await awsSaying(
      403,
      `<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>`,
    );

    expect(await resolved()).toMatchObject({
      is: "unresolved",
      says: expect.stringMatching(/^No keys come from profile team \(not authorized\)/),
    });
  });

  it("are none when it wants a code, which nobody could be asked for in a deployment", async () => {
    role("mfa_serial = arn:aws:iam::111122223333:mfa/me\n");

    expect(await resolved()).toMatchObject({
      is: "unresolved",
      says: expect.stringMatching(/wants a code.*export-credentials --profile team --format env/),
    });
  });
});

describe("the keys of a machine", () => {
  it("are none when the token of its role is not there", async () => {
    homeWith("");
    vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", "/no/such/token");
    vi.stubEnv("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/runner");
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");

    const found = findCredentials(process.env);
    expect(found).toMatchObject({ are: "elsewhere", from: "this machine's own role" });
    expect(found.are === "elsewhere" && (await resolveKeys(found))).toMatchObject({
      is: "unresolved",
      says: expect.stringMatching(/^No keys come from this machine's own role \(.*no such file/),
    });
  });
});
