import { createHash, randomBytes } from "node:crypto";

/** Keys that a function signs with. They name its role, so that a call can be held against that role's policy. */
export type RoleKeys = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly functionName: string;
  readonly roleArn: string;
};

/** Each environment gets its own: it tells whose call a call is. */
export const sessionToken = (): string => randomBytes(48).toString("base64");

/** The id is the same at every start and alphanumeric: DynamoDB Local takes no other. */
export function roleKeys(functionName: string, roleArn: string): RoleKeys {
  const digest = createHash("sha256").update(`${functionName}\n${roleArn}`).digest("hex").toUpperCase();
  return {
    accessKeyId: `ASIA${digest.slice(0, 16)}`,
    secretAccessKey: randomBytes(30).toString("base64"),
    functionName,
    roleArn,
  };
}
