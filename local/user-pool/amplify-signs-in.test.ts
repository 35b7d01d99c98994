// The unchanged Amplify library against the pool: what the app will do, in Node.

import { Amplify } from "aws-amplify";
import * as auth from "aws-amplify/auth";
import { cognitoUserPoolsTokenProvider } from "aws-amplify/auth/cognito";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Running } from "./user-pool-fixture";
import { startUserPool } from "./user-pool-fixture";

let running: Running;
const stored = new Map<string, string>();

beforeAll(async () => {
  running = await startUserPool();
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: running.pool.poolId,
        userPoolClientId: running.clientId,
        userPoolEndpoint: running.endpoint,
      },
    },
  });
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (key, value) => void stored.set(key, value),
    getItem: async (key) => stored.get(key) ?? null,
    removeItem: async (key) => void stored.delete(key),
    clear: async () => stored.clear(),
  });
});
afterAll(() => running.stop());
beforeEach(() => stored.clear());

const PASSWORD = "Correct horse 1";

const signUp = (email: string) =>
  auth.signUp({
    username: email,
    password: PASSWORD,
    options: { userAttributes: { email, name: "Ada" } },
  });

const signedUp = async (email: string): Promise<string> => {
  const { userId } = await signUp(email);
  await auth.confirmSignUp({ username: email, confirmationCode: running.codeFor(email) });
  return userId ?? "";
};

describe("the Amplify library on the local pool", () => {
  it("signs up, confirms with the mailed code and signs in by SRP under any spelling of the address", async () => {
    const started = await signUp("ada@example.com");
    expect(started.nextStep).toMatchObject({
      signUpStep: "CONFIRM_SIGN_UP",
      codeDeliveryDetails: { destination: "a***@e***", deliveryMedium: "EMAIL", attributeName: "email" },
    });
    const early = await auth.signIn({ username: "ada@example.com", password: PASSWORD });
    expect(early.nextStep.signInStep).toBe("CONFIRM_SIGN_UP");

    await auth.confirmSignUp({
      username: "ada@example.com",
      confirmationCode: running.codeFor("ada@example.com"),
    });
    const { isSignedIn } = await auth.signIn({ username: "Ada@Example.com", password: PASSWORD });

    expect(isSignedIn).toBe(true);
    expect(await auth.getCurrentUser()).toMatchObject({ userId: started.userId, username: started.userId });
    expect(await auth.fetchUserAttributes()).toEqual({
      sub: started.userId,
      email: "ada@example.com",
      email_verified: "true",
      name: "Ada",
    });
  });

  it("gives tokens that aws-jwt-verify accepts with the published keys", async () => {
    const sub = await signedUp("keys@example.com");
    await auth.signIn({ username: "keys@example.com", password: PASSWORD });
    const { tokens } = await auth.fetchAuthSession();

    const published = await fetch(
      `http://localhost:${String(running.port)}/${running.pool.poolId}/.well-known/jwks.json`,
    );
    const verifier = CognitoJwtVerifier.create({
      userPoolId: running.pool.poolId,
      clientId: running.clientId,
    });
    verifier.cacheJwks(await published.json());
    const access = await verifier.verify(String(tokens?.accessToken), { tokenUse: "access" });
    const id = await verifier.verify(String(tokens?.idToken), { tokenUse: "id" });

    expect(access).toMatchObject({
      sub,
      username: sub,
      client_id: running.clientId,
      scope: "aws.cognito.signin.user.admin",
    });
    expect(access.exp - access.iat).toBe(3_600);
    expect(id).toMatchObject({
      sub,
      aud: running.clientId,
      email: "keys@example.com",
      email_verified: true,
      name: "Ada",
      "cognito:username": sub,
    });
    await expect(verifier.verify(String(tokens?.idToken), { tokenUse: "access" })).rejects.toThrow();
  });

  it("answers a wrong password and an unknown address with the same sentence", async () => {
    await signedUp("careful@example.com");
    const expected = { name: "NotAuthorizedException", message: "Incorrect username or password." };
    for (const username of ["careful@example.com", "nobody@example.com"])
      await expect(auth.signIn({ username, password: "Wrong horse 1" })).rejects.toMatchObject(expected);
  });

  it("refreshes the access token, until a sign-out everywhere revokes it", async () => {
    await signedUp("often@example.com");
    await auth.signIn({ username: "often@example.com", password: PASSWORD });
    const first = await auth.fetchAuthSession();
    const second = await auth.fetchAuthSession({ forceRefresh: true });
    expect(second.tokens?.accessToken.payload["jti"]).not.toBe(first.tokens?.accessToken.payload["jti"]);
    expect(second.tokens?.accessToken.payload["origin_jti"]).toBe(
      first.tokens?.accessToken.payload["origin_jti"],
    );

    const elsewhere = new Map(stored);
    await auth.signOut({ global: true });
    expect(stored.size).toBe(0);
    elsewhere.forEach((value, key) => stored.set(key, value));
    expect((await auth.fetchAuthSession({ forceRefresh: true })).tokens).toBeUndefined();
  });

  it("revokes the refresh token of a sign-out on this device", async () => {
    await signedUp("leaving@example.com");
    await auth.signIn({ username: "leaving@example.com", password: PASSWORD });
    const before = new Map(stored);
    await auth.signOut();
    before.forEach((value, key) => stored.set(key, value));
    await expect(auth.fetchUserAttributes()).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "Access Token has been revoked",
    });
  });

  it("resets a forgotten password with a mailed code", async () => {
    const username = "forgetful@example.com";
    await signedUp(username);
    await auth.resetPassword({ username });
    const confirmationCode = running.codeFor(username);
    await expect(
      auth.confirmResetPassword({ username, confirmationCode, newPassword: "weak" }),
    ).rejects.toMatchObject({
      name: "InvalidPasswordException",
      message: "Password did not conform with policy: Password not long enough",
    });
    await auth.confirmResetPassword({ username, confirmationCode, newPassword: "Another horse 2" });

    await expect(auth.signIn({ username, password: PASSWORD })).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    expect((await auth.signIn({ username, password: "Another horse 2" })).isSignedIn).toBe(true);
  });

  it("changes a name at once, an address when its code has come back, and a password", async () => {
    await signedUp("old@example.com");
    await auth.signIn({ username: "old@example.com", password: PASSWORD });
    const changed = await auth.updateUserAttributes({
      userAttributes: { name: "Countess", email: "new@example.com" },
    });
    expect(changed.email?.nextStep.updateAttributeStep).toBe("CONFIRM_ATTRIBUTE_WITH_CODE");
    expect(await auth.fetchUserAttributes()).toMatchObject({ name: "Countess", email: "old@example.com" });

    await auth.confirmUserAttribute({
      userAttributeKey: "email",
      confirmationCode: running.codeFor("new@example.com"),
    });
    await auth.updatePassword({ oldPassword: PASSWORD, newPassword: "Third horse 3" });
    await auth.signOut();

    expect((await auth.signIn({ username: "new@example.com", password: "Third horse 3" })).isSignedIn).toBe(
      true,
    );
  });

  it("deletes a person, whose address is then free again", async () => {
    await signedUp("gone@example.com");
    await auth.signIn({ username: "gone@example.com", password: PASSWORD });
    await auth.deleteUser();
    expect(await signedUp("gone@example.com")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("signs in the person that the demo made sure of", async () => {
    const person = { email: "seat@example.com", name: "Seat", password: "Seat password 1" };
    const sub = await running.pool.ensureUser(person);
    expect(await running.pool.ensureUser({ ...person, password: "Seat password 2" })).toBe(sub);
    const { isSignedIn } = await auth.signIn({ username: person.email, password: "Seat password 2" });
    expect(isSignedIn).toBe(true);
  });
});
