// The pool as raw requests see it: error shapes, limits, other origins, restarts.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { turnableClock } from "../turnable-clock";
import type { Running } from "./user-pool-fixture";
import { startUserPool } from "./user-pool-fixture";

const PASSWORD = "Correct horse 1";
const HOUR_MS = 3_600_000;

let running: Running;
let clock: ReturnType<typeof turnableClock>;
const told: string[] = [];

const start = async (options: Parameters<typeof startUserPool>[0] = {}) => {
  running = await startUserPool({ clock, tell: (line) => told.push(line), ...options });
};

beforeEach(() => {
  clock = turnableClock();
  told.length = 0;
});
afterEach(() => running.stop());

const post = (operation: string, body: string, headers: Record<string, string> = {}) =>
  fetch(running.endpoint, {
    method: "POST",
    headers: {
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      "content-type": "application/x-amz-json-1.1",
      ...headers,
    },
    body,
  });

const call = async (operation: string, input: object): Promise<Record<string, unknown>> => {
  const answer = await post(operation, JSON.stringify({ ClientId: running.clientId, ...input }));
  const body = await answer.json();
  if (!answer.ok) expect(answer.headers.get("x-amzn-errortype")).toBe(`${body.__type}:`);
  return body;
};

const signUp = (email: string, more: object = {}) =>
  call("SignUp", {
    Username: email,
    Password: PASSWORD,
    UserAttributes: [{ Name: "name", Value: "Ada" }],
    ...more,
  });

const confirm = (email: string, code: string) =>
  call("ConfirmSignUp", { Username: email, ConfirmationCode: code });

const member = async (email: string) => {
  await signUp(email);
  await confirm(email, running.codeFor(email));
};

const signIn = (username: string, password = PASSWORD) =>
  call("InitiateAuth", {
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: username, PASSWORD: password },
  });

const withPasswords = {
  client: { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
};

describe("signing up", () => {
  beforeEach(() => start());

  it("refuses what the template's schema and policy refuse, in Cognito's words", async () => {
    expect(await signUp("ada@example.com", { UserAttributes: [] })).toEqual({
      __type: "InvalidParameterException",
      message: "Attributes did not conform to the schema: name: The attribute is required\n",
    });
    expect(await signUp("ada", {})).toMatchObject({ message: "Username should be an email." });
    expect(await signUp("ada@example.com", { Password: "correct horse 1" })).toEqual({
      __type: "InvalidPasswordException",
      message: "Password did not conform with policy: Password must have uppercase characters",
    });
    const verified = [
      { Name: "name", Value: "Ada" },
      { Name: "email_verified", Value: "true" },
    ];
    expect(await signUp("ada@example.com", { UserAttributes: verified })).toMatchObject({
      __type: "NotAuthorizedException",
    });
    expect(running.pool.mails.list()).toEqual([]);
  });

  it("gives an address to one person only, however it is spelt", async () => {
    await signUp("ada@example.com");
    expect(await signUp("ADA@example.com")).toEqual({
      __type: "UsernameExistsException",
      message: "An account with the given email already exists.",
    });
  });

  it("takes the newest code once, within a day, and only so many guesses", async () => {
    await signUp("ada@example.com");
    const first = running.codeFor("ada@example.com");
    await call("ResendConfirmationCode", { Username: "ada@example.com" });
    const second = running.codeFor("ada@example.com");
    const wrong = second === "000000" ? "000001" : "000000";
    if (first !== second)
      expect(await confirm("ada@example.com", first)).toMatchObject({ __type: "CodeMismatchException" });
    for (let guess = 0; guess < 5; guess += 1) await confirm("ada@example.com", wrong);
    expect(await confirm("ada@example.com", second)).toMatchObject({ __type: "LimitExceededException" });

    clock.turn(HOUR_MS);
    expect(await confirm("ada@example.com", second)).toEqual({});
    expect(await confirm("ada@example.com", second)).toMatchObject({
      __type: "NotAuthorizedException",
      message: "User cannot be confirmed. Current status is CONFIRMED",
    });

    await signUp("late@example.com");
    clock.turn(24 * HOUR_MS);
    expect(await confirm("late@example.com", running.codeFor("late@example.com"))).toMatchObject({
      __type: "ExpiredCodeException",
    });
  });

  it("tells nothing of who is there", async () => {
    const unknown = { Username: "nobody@example.com" };
    const simulated = { CodeDeliveryDetails: { Destination: "n***@e***", DeliveryMedium: "EMAIL" } };
    expect(await call("ForgotPassword", unknown)).toMatchObject(simulated);
    expect(await call("ResendConfirmationCode", unknown)).toMatchObject(simulated);
    expect(
      await call("ConfirmForgotPassword", { ...unknown, ConfirmationCode: "1", Password: PASSWORD }),
    ).toMatchObject({ __type: "CodeMismatchException" });
    const challenge = async (username: string) =>
      call("InitiateAuth", {
        AuthFlow: "USER_SRP_AUTH",
        AuthParameters: { USERNAME: username, SRP_A: "abc" },
      });
    await member("ada@example.com");
    const [known, stranger, again] = [
      await challenge("ada@example.com"),
      await challenge("nobody@example.com"),
      await challenge("Nobody@example.com"),
    ].map(({ ChallengeParameters }) => ChallengeParameters as Record<string, string>);
    expect(Object.keys(stranger ?? {})).toEqual(Object.keys(known ?? {}));
    expect(stranger?.["USERNAME"]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(again).toMatchObject({ SALT: stranger?.["SALT"], USERNAME: stranger?.["USERNAME"] });
  });
});

describe("signing in", () => {
  it("takes a flow only where the client allows it", async () => {
    await start();
    expect(await signIn("ada@example.com")).toEqual({
      __type: "InvalidParameterException",
      message: "USER_PASSWORD_AUTH flow not enabled for this client",
    });
  });

  it("refuses an A that would let anybody in", async () => {
    await start();
    await member("ada@example.com");
    const answer = await call("InitiateAuth", {
      AuthFlow: "USER_SRP_AUTH",
      AuthParameters: { USERNAME: "ada@example.com", SRP_A: "0" },
    });
    expect(answer).toMatchObject({ __type: "InvalidParameterException" });
  });

  it("locks after five wrong passwords, twice as long each time, and forgives the right one", async () => {
    await start(withPasswords);
    await member("ada@example.com");
    for (let guess = 0; guess < 5; guess += 1) await signIn("ada@example.com", "Wrong horse 1");
    const locked = { __type: "NotAuthorizedException", message: "Password attempts exceeded" };
    expect(await signIn("ada@example.com")).toEqual(locked);
    clock.turn(1_000);
    expect(await signIn("ada@example.com", "Wrong horse 1")).toMatchObject({
      message: "Incorrect username or password.",
    });
    clock.turn(1_500);
    expect(await signIn("ada@example.com")).toEqual(locked);
    clock.turn(500);
    expect(await signIn("ada@example.com")).toHaveProperty("AuthenticationResult.AccessToken");
    expect(await signIn("ada@example.com", "Wrong horse 1")).toMatchObject({
      message: "Incorrect username or password.",
    });
    expect(await signIn("ada@example.com")).toHaveProperty("AuthenticationResult");
  });

  it("ends a session after the refresh token's thirty days, and an access token after its hour", async () => {
    await start(withPasswords);
    await member("ada@example.com");
    const { AuthenticationResult } = await signIn("ada@example.com");
    const { AccessToken, RefreshToken } = AuthenticationResult as Record<string, string>;
    expect(await call("GetUser", { AccessToken })).toHaveProperty("Username");
    clock.turn(HOUR_MS);
    expect(await call("GetUser", { AccessToken })).toMatchObject({ message: "Access Token has expired" });
    expect(await call("GetTokensFromRefreshToken", { RefreshToken })).toHaveProperty(
      "AuthenticationResult.IdToken",
    );
    clock.turn(30 * 24 * HOUR_MS);
    expect(await call("GetTokensFromRefreshToken", { RefreshToken })).toMatchObject({
      __type: "NotAuthorizedException",
    });
  });

  it("names an unknown user only where the client wants it so", async () => {
    await start({ client: { ...withPasswords.client, PreventUserExistenceErrors: "LEGACY" } });
    expect(await signIn("nobody@example.com")).toEqual({
      __type: "UserNotFoundException",
      message: "User does not exist.",
    });
  });
});

describe("requests that are none of the API", () => {
  beforeEach(() => start());

  it("refuses an operation that it does not have by name, and says so at the terminal", async () => {
    expect(await call("AdminDeleteUser", {})).toMatchObject({
      __type: "UnknownOperationException",
      message: expect.stringContaining("AdminDeleteUser"),
    });
    expect(told).toEqual([expect.stringContaining("AdminDeleteUser")]);
  });

  it("refuses what is not JSON, too long, without its fields or for another client", async () => {
    for (const body of ["{", "[]", "null"])
      expect(await (await post("SignUp", body)).json()).toMatchObject({ __type: "SerializationException" });
    const long = await post("SignUp", `"${"x".repeat(70_000)}"`);
    expect(await long.json()).toMatchObject({ __type: "RequestEntityTooLargeException" });
    expect(await call("SignUp", {})).toMatchObject({ message: expect.stringContaining("'username'") });
    expect(await call("SignUp", { ClientId: "x" })).toMatchObject({ __type: "ResourceNotFoundException" });
    expect(await call("SignUp", { Username: { $ne: 1 } })).toMatchObject({
      __type: "InvalidParameterException",
    });
    expect(await call("GetUser", { AccessToken: "a.b.c" })).toMatchObject({
      message: "Invalid Access Token",
    });
  });

  it("lets pages of this machine call, and no others", async () => {
    const preflight = await fetch(running.endpoint, {
      method: "OPTIONS",
      headers: {
        origin: "http://ada.localhost:3001",
        "access-control-request-method": "POST",
        "access-control-request-headers": "cache-control,content-type,x-amz-target,x-amz-user-agent",
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("http://ada.localhost:3001");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("x-amz-user-agent");
    for (const origin of ["https://example.com", "http://localhost.example.com", "null"])
      expect((await post("GetUser", "{}", { origin })).status).toBe(403);
  });
});

describe("a restart", () => {
  it("keeps people, sessions, codes, mails and keys, and no password", async () => {
    await start(withPasswords);
    await member("ada@example.com");
    await signUp("bob@example.com");
    const { AuthenticationResult } = await signIn("ada@example.com");
    const { AccessToken, RefreshToken } = AuthenticationResult as Record<string, string>;
    await running.stop();
    const kept = readFileSync(join(running.dataDir, "user-pool", "state.json"), "utf8");
    expect(kept).toContain("ada@example.com");
    expect(kept).not.toContain(PASSWORD);
    expect(kept).not.toContain(RefreshToken);

    await start({ ...withPasswords, dataDir: running.dataDir });
    expect(await call("GetUser", { AccessToken })).toHaveProperty("Username");
    expect(await call("GetTokensFromRefreshToken", { RefreshToken })).toHaveProperty("AuthenticationResult");
    expect(await signIn("ada@example.com")).toHaveProperty("AuthenticationResult");
    expect(await confirm("bob@example.com", running.codeFor("bob@example.com"))).toEqual({});
    expect(running.pool.mails.list().map(({ to }) => to)).toEqual(["bob@example.com", "ada@example.com"]);
  });
});
