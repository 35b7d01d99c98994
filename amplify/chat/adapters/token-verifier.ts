import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { Jwks } from "aws-jwt-verify/jwk";
import { FetchError, JwtBaseError } from "aws-jwt-verify/error";
import { isUserId, type UserId } from "../../../core/domain/ids";

/** Whose access token it is; undefined: not one of ours, or no longer. */
export type VerifyToken = (token: string) => Promise<UserId | undefined>;

/**
 * Signature, issuer, client, use and expiry. The pool's keys are fetched once in a cold start and again when a
 * token names one that is not among them. That a session was revoked is not seen until its token expires.
 */
export function tokenVerifier(userPoolId: string, clientId: string, knownKeys?: Jwks): VerifyToken {
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "access" });
  if (knownKeys) verifier.cacheJwks(knownKeys);
  return async (token) => {
    try {
      const { sub } = await verifier.verify(token);
      return isUserId(sub) ? sub : undefined;
    } catch (error) {
      // The keys could not be had: no fault of the token.
      if (error instanceof FetchError || !(error instanceof JwtBaseError)) throw error;
      return undefined;
    }
  };
}
