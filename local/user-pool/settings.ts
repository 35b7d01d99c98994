// What the template says of the pool and of its clients. A setting that would change what people meet, and that is
// not built here, stops the start by its name: a pool that quietly ignored it would not be the one that is deployed.

import type { Resource } from "../resources";
import { poolNameOf } from "./names";

export type PasswordPolicy = {
  readonly minimumLength: number;
  readonly uppercase: boolean;
  readonly lowercase: boolean;
  readonly numbers: boolean;
  readonly symbols: boolean;
};

export type Client = {
  readonly id: string;
  readonly flows: ReadonlySet<string>;
  readonly hidesUserExistence: boolean;
  readonly accessSeconds: number;
  readonly idSeconds: number;
  readonly refreshSeconds: number;
  readonly challengeSeconds: number;
};

export type Settings = {
  readonly poolId: string;
  readonly poolName: string;
  readonly passwords: PasswordPolicy;
  readonly requiredAttributes: readonly string[];
  readonly customAttributes: readonly string[];
  /** A changed address counts only once its code has been given. */
  readonly verifiesEmailBeforeUpdate: boolean;
  readonly mail: { readonly subject: string; readonly text: string };
  readonly clients: ReadonlyMap<string, Client>;
};

type Properties = Readonly<Record<string, unknown>>;

const isProperties = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const part = (of: Properties, name: string): Properties => {
  const value = of[name];
  return isProperties(value) ? value : {};
};
const list = (of: Properties, name: string): readonly unknown[] => {
  const value = of[name];
  return Array.isArray(value) ? value : [];
};
const text = (of: Properties, name: string): string | undefined => {
  const value = of[name];
  return typeof value === "string" ? value : undefined;
};
const number = (of: Properties, name: string, otherwise: number): number => {
  const value = of[name];
  return typeof value === "number" || typeof value === "string" ? Number(value) : otherwise;
};
/** CloudFormation takes both true and "true". */
const flag = (of: Properties, name: string, otherwise: boolean): boolean =>
  of[name] === undefined ? otherwise : String(of[name]) === "true";

const refuse = (resource: Resource, setting: string): never => {
  throw new Error(
    `unable to run ${resource.id} (${resource.type}); the local user pool does not do ${setting}`,
  );
};

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3_600,
  days: 86_400,
};
/** Cognito's own, where ExplicitAuthFlows is left out. */
const DEFAULT_FLOWS = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_CUSTOM_AUTH"];

const refuseForeignPoolSettings = (pool: Resource): void => {
  const of = pool.properties;
  const signInNames = list(of, "UsernameAttributes");
  if (signInNames.length !== 1 || signInNames[0] !== "email")
    refuse(pool, 'UsernameAttributes other than ["email"]');
  if (!list(of, "AutoVerifiedAttributes").includes("email"))
    refuse(pool, "AutoVerifiedAttributes without email");
  if (flag(part(of, "UsernameConfiguration"), "CaseSensitive", false))
    refuse(pool, "case-sensitive usernames");
  if (Object.keys(part(of, "LambdaConfig")).length > 0) refuse(pool, "triggers (LambdaConfig)");
  const mfa = text(of, "MfaConfiguration") ?? "OFF";
  if (mfa !== "OFF") refuse(pool, `MfaConfiguration ${mfa}`);
  if (flag(part(of, "AdminCreateUserConfig"), "AllowAdminCreateUserOnly", false))
    refuse(pool, "AllowAdminCreateUserOnly");
  const mailed = text(part(of, "VerificationMessageTemplate"), "DefaultEmailOption") ?? "CONFIRM_WITH_CODE";
  if (mailed !== "CONFIRM_WITH_CODE") refuse(pool, `DefaultEmailOption ${mailed}`);
};

const clientOf = (resource: Resource, id: string): Client => {
  const of = resource.properties;
  if (flag(of, "GenerateSecret", false)) refuse(resource, "client secrets (GenerateSecret)");
  if (text(part(of, "RefreshTokenRotation"), "Feature") === "ENABLED")
    refuse(resource, "RefreshTokenRotation");
  const flows = list(of, "ExplicitAuthFlows").map(String);
  const units = part(of, "TokenValidityUnits");
  const seconds = (setting: string, unit: string, count: number, otherwise: string) =>
    number(of, setting, count) * (UNIT_SECONDS[text(units, unit) ?? otherwise] ?? 1);
  return {
    id,
    flows: new Set(flows.length > 0 ? flows : DEFAULT_FLOWS),
    hidesUserExistence: text(of, "PreventUserExistenceErrors") === "ENABLED",
    accessSeconds: seconds("AccessTokenValidity", "AccessToken", 1, "hours"),
    idSeconds: seconds("IdTokenValidity", "IdToken", 1, "hours"),
    refreshSeconds: seconds("RefreshTokenValidity", "RefreshToken", 30, "days"),
    challengeSeconds: number(of, "AuthSessionValidity", 3) * 60,
  };
};

export const readSettings = (
  resources: readonly Resource[],
  nameOf: (resource: Resource) => string,
): Settings => {
  const pools = resources.filter(({ type }) => type === "AWS::Cognito::UserPool");
  const [pool, second] = pools;
  if (!pool) throw new Error("unable to run the user pool; the template has no AWS::Cognito::UserPool");
  if (second) refuse(second, "a second pool beside the first");
  refuseForeignPoolSettings(pool);

  const of = pool.properties;
  const poolId = nameOf(pool);
  const policy = part(part(of, "Policies"), "PasswordPolicy");
  const message = part(of, "VerificationMessageTemplate");
  const schema = list(of, "Schema").filter(isProperties);
  const namesOf = (attributes: readonly Properties[]) =>
    attributes.map((attribute) => text(attribute, "Name")).filter((name) => name !== undefined);

  return {
    poolId,
    poolName: poolNameOf(poolId),
    passwords: {
      minimumLength: number(policy, "MinimumLength", 8),
      uppercase: flag(policy, "RequireUppercase", true),
      lowercase: flag(policy, "RequireLowercase", true),
      numbers: flag(policy, "RequireNumbers", true),
      symbols: flag(policy, "RequireSymbols", true),
    },
    requiredAttributes: namesOf(schema.filter((attribute) => flag(attribute, "Required", false))),
    customAttributes: namesOf(schema.filter((attribute) => "AttributeDataType" in attribute)).map(
      (name) => `custom:${name.replace(/^custom:/, "")}`,
    ),
    verifiesEmailBeforeUpdate: list(
      part(of, "UserAttributeUpdateSettings"),
      "AttributesRequireVerificationBeforeUpdate",
    ).includes("email"),
    mail: {
      subject:
        text(message, "EmailSubject") ?? text(of, "EmailVerificationSubject") ?? "Your verification code",
      text:
        text(message, "EmailMessage") ??
        text(of, "EmailVerificationMessage") ??
        "Your confirmation code is {####}",
    },
    clients: new Map(
      resources
        .filter(({ type }) => type === "AWS::Cognito::UserPoolClient")
        .map((resource) => [nameOf(resource), clientOf(resource, nameOf(resource))] as const),
    ),
  };
};
