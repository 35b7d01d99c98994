// Which credentials a deployment from this shell would use, by the order of AWS's own tools: the environment, then
// the profile. Keys go into requests and nowhere else.

import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export type Keys = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

export type Credentials =
  | { readonly are: "none" }
  | {
      readonly are: "elsewhere";
      readonly from: string;
      readonly region: string | undefined;
      /** Absent for the machine's own role. */
      readonly profile: string | undefined;
      /** The command that begins its session anew, where it has one. */
      readonly signIn: string | undefined;
    }
  | { readonly are: "keys"; readonly from: string; readonly region: string | undefined; readonly keys: Keys };

type Environment = Readonly<Record<string, string | undefined>>;
type Profile = ReadonlyMap<string, string>;

/** What only AWS's own library can turn into keys (resolve-keys.ts). */
const ELSEWHERE = ["sso_session", "sso_start_url", "role_arn", "credential_process", "login_session"];
const MACHINE = [
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

export function findCredentials(env: Environment, home = homedir()): Credentials {
  const name = env["AWS_PROFILE"] ?? "default";
  const profile = profileOf(name, env, home);
  const region = env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? profile.get("region");
  const inShell = keysOf(env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"], env["AWS_SESSION_TOKEN"]);
  if (inShell && env["AWS_PROFILE"] === undefined)
    return { are: "keys", from: "the keys in this shell", region, keys: inShell };
  const from = `profile ${name}`;
  const stored = keysOf(
    profile.get("aws_access_key_id"),
    profile.get("aws_secret_access_key"),
    profile.get("aws_session_token"),
  );
  if (stored && !takesRole(profile)) return { are: "keys", from, region, keys: stored };
  if (ELSEWHERE.some((key) => profile.has(key))) {
    const signIn = signInOf(name, (other) => profileOf(other, env, home));
    return { are: "elsewhere", from, region, profile: name, signIn };
  }
  if (MACHINE.some((variable) => env[variable] !== undefined))
    return {
      are: "elsewhere",
      from: "this machine's own role",
      region,
      profile: undefined,
      signIn: undefined,
    };
  return { are: "none" };
}

/** Then keys beside it are those that it is taken with. */
const takesRole = (profile: Profile): boolean =>
  profile.has("role_arn") && (profile.has("source_profile") || profile.has("credential_source"));

/** A role is taken with another profile, which may be the one that signs in; `seen` ends a circle of them. */
function signInOf(
  name: string,
  read: (name: string) => Profile,
  seen: readonly string[] = [],
): string | undefined {
  const profile = read(name);
  if (profile.has("sso_session") || profile.has("sso_start_url")) return `aws sso login --profile ${name}`;
  if (profile.has("login_session")) return `aws login --profile ${name}`;
  const source = profile.get("source_profile");
  return source === undefined || seen.includes(source) ? undefined : signInOf(source, read, [...seen, name]);
}

function keysOf(
  id: string | undefined,
  secret: string | undefined,
  token: string | undefined,
): Keys | undefined {
  if (!id || !secret) return undefined;
  return { accessKeyId: id, secretAccessKey: secret, ...(token ? { sessionToken: token } : {}) };
}

/** `[name]` in credentials and `[profile name]` in config, as one. */
function profileOf(name: string, env: Environment, home: string): Profile {
  const files = [
    env["AWS_CONFIG_FILE"] ?? join(home, ".aws/config"),
    env["AWS_SHARED_CREDENTIALS_FILE"] ?? join(home, ".aws/credentials"),
  ];
  const found = new Map<string, string>();
  for (const file of files.filter((path) => existsSync(path))) {
    let isOurs = false;
    for (const line of readFileSync(file, "utf8").split("\n")) {
      const [, section] = /^\s*\[(?:profile\s+)?([^\]]+)\]/.exec(line) ?? [];
      if (section !== undefined) isOurs = section.trim() === name;
      const [, key, value] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (isOurs && key !== undefined && value !== undefined) found.set(key, value);
    }
  }
  return found;
}
