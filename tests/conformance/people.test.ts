import { describe, expect } from "vitest";
import { fact } from "./fact";
import { newKey } from "./stage";
import { claimsIn, cognito, signIn } from "./cognito";

const HOUR_MS = 3_600_000;

describe("access tokens", () => {
  fact(28, "last an hour, and carry client_id and token_use: access", async (stage) => {
    const { accessToken, expiresIn } = await signIn(stage.place, stage.place.people[0]);
    expect(expiresIn).toBe(3_600);
    const claims = claimsIn(accessToken);
    expect(claims).toMatchObject({
      client_id: stage.place.hidingClientId,
      token_use: "access",
      iss: `https://cognito-idp.${stage.place.region}.amazonaws.com/${stage.place.poolId}`,
    });
    expect(claims["aud"]).toBeUndefined();
    expect(Number(claims["exp"]) - Number(claims["iat"])).toBe(3_600);
  });

  fact(28, "stay valid after a sign-out elsewhere: verification does not see it", async (stage) => {
    const [, person] = stage.place.people;
    const { accessToken } = await signIn(stage.place, person);
    const out = await cognito(stage.place, "GlobalSignOut", { AccessToken: accessToken });
    expect(out.status).toBe(200);
    // Cognito itself knows.
    expect(await cognito(stage.place, "GetUser", { AccessToken: accessToken })).toMatchObject({
      status: 400,
      type: "NotAuthorizedException",
    });
    const line = await stage.enter({ pass: `jwt.${accessToken}` });
    expect((await line.ask({ action: "whoami" }))["authorizer"]).toMatchObject({ use: "access" });
  });

  fact(
    28,
    "are refused once the hour is over",
    async (stage) => {
      const [, , person] = stage.place.people;
      const { accessToken } = await signIn(stage.place, person);
      await stage.enter({ pass: `jwt.${accessToken}` });
      await stage.pass(HOUR_MS + 1_000);
      expect((await stage.refused({ pass: `jwt.${accessToken}` })).status).toBe(403);
    },
    { lasts: "an hour" },
  );
});

describe("who is there", () => {
  const wrong = (client: string, username: string) => ({
    ClientId: client,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: username, PASSWORD: "Not-the-1-password" },
  });

  fact(29, "a stranger is told nothing by a client with PreventUserExistenceErrors", async (stage) => {
    const { place } = stage;
    const client = place.hidingClientId;
    const nobody = await cognito(place, "InitiateAuth", wrong(client, `${newKey()}@example.com`));
    const somebody = await cognito(place, "InitiateAuth", wrong(client, place.people[3]?.email ?? ""));
    expect(nobody).toMatchObject({ status: 400, type: "NotAuthorizedException" });
    expect(nobody).toEqual(somebody);
  });

  fact(29, "and everything by a client without it", async (stage) => {
    const { place } = stage;
    const nobody = await cognito(
      place,
      "InitiateAuth",
      wrong(place.tellingClientId, `${newKey()}@example.com`),
    );
    expect(nobody).toMatchObject({ status: 400, type: "UserNotFoundException" });
  });
});
