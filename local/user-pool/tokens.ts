// Access, ID and refresh tokens. Their claims are Cognito's, in its order; see
// docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html

import { createHash, randomBytes, randomUUID } from "node:crypto";
import { notAuthorized } from "./cognito-error";
import { attributesOfUser } from "./attributes";
import { issuerOf } from "./names";
import type { Pool } from "./pool";
import type { Client } from "./settings";
import type { Session, User } from "./state";

export type Tokens = {
  readonly AccessToken: string;
  readonly ExpiresIn: number;
  readonly IdToken: string;
  readonly TokenType: "Bearer";
  readonly RefreshToken?: string;
};

const REFRESH_BYTES = 96;
/** Self-service operations; the only scope of a token that was not made by the hosted pages. */
const SCOPE = "aws.cognito.signin.user.admin";

const hashOf = (refreshToken: string) => createHash("sha256").update(refreshToken).digest("hex");
const secondsOf = (ms: number) => Math.floor(ms / 1_000);

const forgetExpired = (pool: Pool): void => {
  const now = pool.clock.now();
  for (const [hash, session] of Object.entries(pool.state.sessions))
    if (session.expiresAt <= now) delete pool.state.sessions[hash];
};

const newSession = (pool: Pool, client: Client, user: User): Session => {
  const now = pool.clock.now();
  return {
    sub: user.sub,
    clientId: client.id,
    originJti: randomUUID(),
    authAt: now,
    expiresAt: now + client.refreshSeconds * 1_000,
    revoked: false,
  };
};

const sign = (pool: Pool, client: Client, user: User, session: Session): Tokens => {
  pool.onSignIn(user.sub);
  const iat = secondsOf(pool.clock.now());
  const same = {
    sub: user.sub,
    iss: issuerOf(pool.settings.poolId),
    origin_jti: session.originJti,
    event_id: randomUUID(),
    auth_time: secondsOf(session.authAt),
    iat,
  };
  const { email_verified: emailVerified, ...attributes } = attributesOfUser(user);
  return {
    AccessToken: pool.keys.sign({
      ...same,
      client_id: client.id,
      token_use: "access",
      scope: SCOPE,
      exp: iat + client.accessSeconds,
      jti: randomUUID(),
      username: user.sub,
    }),
    ExpiresIn: client.accessSeconds,
    IdToken: pool.keys.sign({
      ...attributes,
      ...same,
      email_verified: emailVerified === "true",
      "cognito:username": user.sub,
      aud: client.id,
      token_use: "id",
      exp: iat + client.idSeconds,
      jti: randomUUID(),
    }),
    TokenType: "Bearer",
  };
};

export const signIn = (pool: Pool, client: Client, user: User): Tokens => {
  forgetExpired(pool);
  const session = newSession(pool, client, user);
  const refreshToken = randomBytes(REFRESH_BYTES).toString("base64url");
  pool.state.sessions[hashOf(refreshToken)] = session;
  return { ...sign(pool, client, user, session), RefreshToken: refreshToken };
};

/** For somebody at this machine's terminal: one token, nothing to renew it with. */
export const accessTokenOf = (pool: Pool, client: Client, user: User): string =>
  sign(pool, client, user, newSession(pool, client, user)).AccessToken;

export const refresh = (pool: Pool, client: Client, refreshToken: string): Tokens => {
  const session = pool.state.sessions[hashOf(refreshToken)];
  const user = session && pool.state.users[session.sub];
  if (!session || !user || session.clientId !== client.id) throw notAuthorized("Invalid Refresh Token");
  if (session.expiresAt <= pool.clock.now()) throw notAuthorized("Refresh Token has expired");
  if (session.revoked) throw notAuthorized("Refresh Token has been revoked");
  return sign(pool, client, user, session);
};

/** Unknown tokens are no error: there is nothing left to revoke. */
export const revoke = (pool: Pool, client: Client, refreshToken: string): void => {
  const session = pool.state.sessions[hashOf(refreshToken)];
  if (session?.clientId === client.id) session.revoked = true;
};

export const revokeAll = (pool: Pool, user: User): void => {
  for (const session of Object.values(pool.state.sessions))
    if (session.sub === user.sub) session.revoked = true;
};

/** Whose access token this is. Unlike a verifier elsewhere, the pool knows of revocation. */
export const userOfAccessToken = (pool: Pool, accessToken: string): User => {
  const claims = pool.keys.read(accessToken);
  if (claims?.["token_use"] !== "access") throw notAuthorized("Invalid Access Token");
  if (Number(claims["exp"]) <= secondsOf(pool.clock.now())) throw notAuthorized("Access Token has expired");
  const origin = claims["origin_jti"];
  const session = Object.values(pool.state.sessions).find(({ originJti }) => originJti === origin);
  if (session?.revoked) throw notAuthorized("Access Token has been revoked");
  const user = pool.state.users[String(claims["sub"])];
  if (!user) throw notAuthorized("Invalid Access Token");
  return user;
};
