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
  | { readonly are: "elsewhere"; readonly from: string; readonly region: string | undefined }
  | { readonly are: "keys"; readonly from: string; readonly region: string | undefined; readonly keys: Keys };

type Environment = Readonly<Record<string, string | undefined>>;
type Profile = ReadonlyMap<string, string>;

/** What only AWS's own tools can turn into keys. */
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
  if (stored) return { are: "keys", from, region, keys: stored };
  if (ELSEWHERE.some((key) => profile.has(key))) return { are: "elsewhere", from, region };
  const machine = MACHINE.find((variable) => env[variable] !== undefined);
  if (machine !== undefined) return { are: "elsewhere", from: "this machine's own role", region };
  return { are: "none" };
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
