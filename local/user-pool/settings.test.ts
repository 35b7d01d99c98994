import { describe, expect, it } from "vitest";
import type { Resource } from "../resources";
import { readSettings } from "./settings";
import { CLIENT, POOL } from "./user-pool-fixture";

const nameOf = (resource: Resource) => (resource.id === POOL.id ? "us-east-1_abc123" : "client1");

const read = (pool: object = {}, client: object = {}) =>
  readSettings(
    [
      { ...POOL, properties: { ...POOL.properties, ...pool } },
      { ...CLIENT, properties: { ...CLIENT.properties, ...client } },
    ],
    nameOf,
  );

describe("the pool's settings", () => {
  it("come from the template", () => {
    const settings = read();
    expect(settings).toMatchObject({
      poolName: "abc123",
      passwords: { minimumLength: 8, symbols: false },
      requiredAttributes: ["email", "name"],
      verifiesEmailBeforeUpdate: true,
      mail: { subject: "Your code", text: "Your code is {####}." },
    });
    expect(settings.clients.get("client1")).toMatchObject({
      accessSeconds: 3_600,
      refreshSeconds: 30 * 86_400,
      hidesUserExistence: true,
    });
  });

  it("fall back to what Cognito does by default", () => {
    const settings = read(
      {},
      { TokenValidityUnits: undefined, AccessTokenValidity: undefined, ExplicitAuthFlows: [] },
    );
    expect(settings.clients.get("client1")).toMatchObject({ accessSeconds: 3_600 });
    expect(settings.clients.get("client1")?.flows).toContain("ALLOW_USER_SRP_AUTH");
  });

  it.each([
    ["MfaConfiguration", { MfaConfiguration: "OPTIONAL" }, {}],
    ["LambdaConfig", { LambdaConfig: { PreSignUp: "arn:aws:lambda" } }, {}],
    ["UsernameAttributes", { UsernameAttributes: ["phone_number"] }, {}],
    ["AllowAdminCreateUserOnly", { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }, {}],
    ["GenerateSecret", {}, { GenerateSecret: true }],
    ["RefreshTokenRotation", {}, { RefreshTokenRotation: { Feature: "ENABLED" } }],
  ])("stop the start at %s, which the local pool does not do", (name, pool, client) => {
    expect(() => read(pool, client)).toThrow(name);
  });
});
