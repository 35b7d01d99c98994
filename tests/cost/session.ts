// A person's session with the user pool: signed up and in by the unchanged Amplify library, then renewed as the
// library would, by the refresh token, on the cloud's time.

import { Amplify } from "aws-amplify";
import { confirmSignUp, signIn, signUp } from "aws-amplify/auth";
import { cognitoUserPoolsTokenProvider } from "aws-amplify/auth/cognito";
import * as v from "valibot";
import type { AccessToken, Tokens } from "../../core/client/ports/tokens";
import { mailedCode, newEmail, newPassword } from "../fixtures/account";
import type { Place } from "../fixtures/place";

const renewed = v.object({
  AuthenticationResult: v.object({ AccessToken: v.string(), ExpiresIn: v.number() }),
});

/** As components/browser/cognito-tokens.ts has it. */
const SPARE_MS = 60_000;

/** One at a time: the library's state is one a process. */
export async function signUpFor(at: Place, name: string, now: () => number): Promise<Tokens> {
  const { endpoint, id, client } = at.pool;
  if (endpoint === undefined) throw new Error("unable to sign up; only a local user pool shows its mail");
  Amplify.configure({
    Auth: { Cognito: { userPoolId: id, userPoolClientId: client, userPoolEndpoint: endpoint } },
  });
  const kept = new Map<string, string>();
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    getItem: (key) => Promise.resolve(kept.get(key) ?? null),
    setItem: (key, value) => Promise.resolve(void kept.set(key, value)),
    removeItem: (key) => Promise.resolve(void kept.delete(key)),
    clear: () => Promise.resolve(kept.clear()),
  });
  const [email, password] = [newEmail(name), newPassword()];
  await signUp({ username: email, password, options: { userAttributes: { email, name } } });
  await confirmSignUp({ username: email, confirmationCode: await mailedCode(at, email) });
  await signIn({ username: email, password });
  const refreshToken = [...kept].find(([key]) => key.endsWith(".refreshToken"))?.[1];
  if (refreshToken === undefined) throw new Error("unable to sign in; there is no refresh token");

  let token: AccessToken | undefined;
  return {
    access: async ({ fresh }) => {
      if (token && !fresh && token.expiresAt > now() + SPARE_MS) return token;
      const result = await renew({ endpoint, client, refreshToken });
      token = { jwt: result.AccessToken, expiresAt: now() + result.ExpiresIn * 1_000 };
      return token;
    },
    displayName: async () => name,
  };
}

async function renew(pool: {
  readonly endpoint: string;
  readonly client: string;
  readonly refreshToken: string;
}) {
  const response = await fetch(pool.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
    },
    body: JSON.stringify({
      AuthFlow: "REFRESH_TOKEN_AUTH",
      ClientId: pool.client,
      AuthParameters: { REFRESH_TOKEN: pool.refreshToken },
    }),
  });
  return v.parse(renewed, await response.json()).AuthenticationResult;
}
