// Signing in. By SRP in two requests:
//
//   InitiateAuth            USERNAME, SRP_A                  -> SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP
//   RespondToAuthChallenge  block, timestamp, its signature  -> tokens
//
// or, where the client's ExplicitAuthFlows allow it, with the password itself in one.

import { createHmac } from "node:crypto";
import { CognitoError, invalidParameter, notAuthorized, userNotFound, wrongPassword } from "../cognito-error";
import type { Input } from "../input";
import { parameter, record, text } from "../input";
import type { Pool } from "../pool";
import { identityOf } from "../pool";
import type { Client } from "../settings";
import { challengeOf, clientValueOf, matches, provesPassword, secretOfNobody } from "../srp";
import type { User } from "../state";
import { refresh, signIn } from "../tokens";

/** What a client must allow to use a flow. REFRESH_TOKEN is the older name of REFRESH_TOKEN_AUTH. */
const FLOWS: Readonly<Record<string, string>> = {
  USER_SRP_AUTH: "ALLOW_USER_SRP_AUTH",
  USER_PASSWORD_AUTH: "ALLOW_USER_PASSWORD_AUTH",
  REFRESH_TOKEN_AUTH: "ALLOW_REFRESH_TOKEN_AUTH",
  REFRESH_TOKEN: "ALLOW_REFRESH_TOKEN_AUTH",
};
/** The client's own clock makes it, so only the form is checked: "Thu Nov 6 09:05:03 UTC 2025". */
const TIMESTAMP = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d UTC \d{4}$/;

const uuidFrom = (seed: string, username: string): string =>
  createHmac("sha256", seed)
    .update(username.toLowerCase())
    .digest("hex")
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");

const refuseWhileLocked = (pool: Pool, user: string): void => {
  if (pool.attempts.isLocked(user)) throw notAuthorized("Password attempts exceeded");
};

const challenge = (pool: Pool, client: Client, parameters: Input): object => {
  const username = parameter(parameters, "USERNAME");
  const clientValue = clientValueOf(parameter(parameters, "SRP_A"));
  if (clientValue === undefined) throw invalidParameter("Invalid SRP_A");
  const found = pool.users.find(username);
  if (!found && !client.hidesUserExistence) throw userNotFound();
  const user = found?.sub ?? uuidFrom(pool.keys.seed, username);
  refuseWhileLocked(pool, user);

  const secret = found?.secret ?? secretOfNobody(pool.keys.seed + user);
  const { serverValue, key } = challengeOf(clientValue, secret);
  const expiresAt = pool.clock.now() + client.challengeSeconds * 1_000;
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: {
      SALT: secret.salt,
      SECRET_BLOCK: pool.challenges.put({ clientId: client.id, user, key, expiresAt }),
      SRP_B: serverValue,
      USERNAME: user,
      USER_ID_FOR_SRP: user,
    },
  };
};

const welcome = (pool: Pool, client: Client, user: User): object => {
  pool.attempts.rightPassword(user.sub);
  if (user.standing === "unconfirmed")
    throw new CognitoError("UserNotConfirmedException", "User is not confirmed.");
  return { AuthenticationResult: signIn(pool, client, user), ChallengeParameters: {} };
};

const signInWithPassword = (pool: Pool, client: Client, parameters: Input): object => {
  const username = parameter(parameters, "USERNAME");
  const password = parameter(parameters, "PASSWORD");
  const found = pool.users.find(username);
  if (!found && !client.hidesUserExistence) throw userNotFound();
  const user = found?.sub ?? uuidFrom(pool.keys.seed, username);
  refuseWhileLocked(pool, user);
  if (!found || !matches(identityOf(pool, user), password, found.secret)) {
    pool.attempts.wrongPassword(user);
    throw wrongPassword();
  }
  return welcome(pool, client, found);
};

export const initiateAuth = (pool: Pool, client: Client, input: Input): object => {
  const flow = text(input, "AuthFlow");
  const parameters = record(input, "AuthParameters");
  const permission = FLOWS[flow];
  if (!permission || !client.flows.has(permission))
    throw invalidParameter(`${flow} flow not enabled for this client`);
  switch (flow) {
    case "USER_SRP_AUTH":
      return challenge(pool, client, parameters);
    case "USER_PASSWORD_AUTH":
      return signInWithPassword(pool, client, parameters);
    default:
      return {
        AuthenticationResult: refresh(pool, client, parameter(parameters, "REFRESH_TOKEN")),
        ChallengeParameters: {},
      };
  }
};

export const respondToAuthChallenge = (pool: Pool, client: Client, input: Input): object => {
  const name = text(input, "ChallengeName");
  if (name !== "PASSWORD_VERIFIER") throw invalidParameter(`${name} is not a challenge of this sign-in.`);
  const responses = record(input, "ChallengeResponses");
  const username = parameter(responses, "USERNAME");
  const claim = {
    secretBlock: parameter(responses, "PASSWORD_CLAIM_SECRET_BLOCK"),
    timestamp: parameter(responses, "TIMESTAMP"),
    signature: parameter(responses, "PASSWORD_CLAIM_SIGNATURE"),
  };
  if (!TIMESTAMP.test(claim.timestamp))
    throw invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
  const pending = pool.challenges.take(claim.secretBlock);
  if (!pending || pending.clientId !== client.id) throw notAuthorized("Invalid session for the user.");
  refuseWhileLocked(pool, pending.user);

  const user = pool.state.users[pending.user];
  const named = username === pending.user || user?.email.toLowerCase() === username.toLowerCase();
  if (!user || !named || !provesPassword(pending.key, identityOf(pool, pending.user), claim)) {
    pool.attempts.wrongPassword(pending.user);
    throw wrongPassword();
  }
  return welcome(pool, client, user);
};
