import { isAllowed } from "../origins";
import { allow, deny, type AuthorizerAnswer } from "../policy";
import { headerOf, offerOf, type Headers } from "../subprotocols";
import { admissionVariables, readVariables } from "./environment";
import { tokenVerifier, type VerifyToken } from "./token-verifier";

export type Asked = { readonly headers: Headers; readonly methodArn: string };

export function composeAdmission(): (asked: Asked) => Promise<AuthorizerAnswer> {
  const { USER_POOL_ID, USER_POOL_CLIENT_ID, ALLOWED_ORIGINS } = readVariables(admissionVariables);
  return admission(tokenVerifier(USER_POOL_ID, USER_POOL_CLIENT_ID), ALLOWED_ORIGINS);
}

/** Who may open a socket: a page of ours, or no page at all, with a token of a person of ours. */
export function admission(verify: VerifyToken, allowedOrigins: string) {
  return async ({ headers, methodArn }: Asked): Promise<AuthorizerAnswer> => {
    if (!isAllowed(headerOf(headers, "Origin"), allowedOrigins)) return deny(methodArn);
    const { token } = offerOf(headers);
    const user = token === undefined ? undefined : await verify(token);
    return user === undefined ? deny(methodArn) : allow(user, methodArn);
  };
}
