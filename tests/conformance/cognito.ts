// Cognito's API, as the Amplify libraries speak it.

import { type Frame, frameIn } from "./line";
import type { Person, Place } from "./place";

export type CognitoAnswer = {
  readonly status: number;
  readonly type: string | undefined;
  readonly answer: Frame;
};

export async function cognito(place: Place, operation: string, input: object): Promise<CognitoAnswer> {
  const response = await fetch(place.poolUrl, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const answer = frameIn(await response.text());
  const type = response.ok ? undefined : String(answer["__type"]).replace(/^.*#/, "");
  return { status: response.status, type, answer };
}

export async function signIn(
  place: Place,
  person: Person | undefined,
): Promise<{ readonly accessToken: string; readonly expiresIn: number }> {
  if (person === undefined) throw new Error("unable to sign in; the setup made too few people");
  const { answer } = await cognito(place, "InitiateAuth", {
    ClientId: place.hidingClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: person.email, PASSWORD: person.password },
  });
  const result = Object(answer["AuthenticationResult"]);
  const accessToken: unknown = Reflect.get(result, "AccessToken");
  if (typeof accessToken !== "string")
    throw new Error(`unable to sign in; the pool answers ${JSON.stringify(answer)}`);
  return { accessToken, expiresIn: Number(Reflect.get(result, "ExpiresIn")) };
}

export const claimsIn = (jwt: string): Frame =>
  frameIn(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"));
