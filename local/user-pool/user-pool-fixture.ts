// For tests: the pool as this repository's template asks for it, on a port of its own.

import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../clock";
import type { Resource } from "../resources";
import type { UserPool } from "./create-user-pool";
import { createUserPool } from "./create-user-pool";

export const POOL: Resource = {
  id: "auth/userPool",
  type: "AWS::Cognito::UserPool",
  properties: {
    AutoVerifiedAttributes: ["email"],
    MfaConfiguration: "OFF",
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: false,
        RequireUppercase: true,
      },
    },
    Schema: [
      { Mutable: true, Name: "email", Required: true },
      { Mutable: true, Name: "name", Required: true },
    ],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    UsernameAttributes: ["email"],
    UsernameConfiguration: { CaseSensitive: false },
    VerificationMessageTemplate: {
      DefaultEmailOption: "CONFIRM_WITH_CODE",
      EmailMessage: "Your code is {####}.",
      EmailSubject: "Your code",
    },
  },
};

export const CLIENT: Resource = {
  id: "auth/userPoolClient",
  type: "AWS::Cognito::UserPoolClient",
  properties: {
    AccessTokenValidity: 60,
    ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    IdTokenValidity: 60,
    PreventUserExistenceErrors: "ENABLED",
    RefreshTokenValidity: 30,
    TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "days" },
  },
};

export type Running = {
  readonly pool: UserPool;
  readonly clientId: string;
  readonly endpoint: string;
  readonly port: number;
  readonly dataDir: string;
  /** The newest code that was mailed to this address. */
  codeFor(email: string): string;
  stop(): Promise<void>;
};

export const startUserPool = async (
  options: {
    readonly clock?: Clock;
    readonly dataDir?: string;
    readonly pool?: Readonly<Record<string, unknown>>;
    readonly client?: Readonly<Record<string, unknown>>;
    readonly tell?: (line: string) => void;
  } = {},
): Promise<Running> => {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "user-pool-"));
  const pool = createUserPool({
    resources: [
      { ...POOL, properties: { ...POOL.properties, ...options.pool } },
      { ...CLIENT, properties: { ...CLIENT.properties, ...options.client } },
    ],
    dataDir,
    nameOf: (resource) => (resource.id === POOL.id ? "us-east-1_k3v9x0abc" : "1h57kf5cpq17m0eml12EXAMPLE"),
    clock: options.clock ?? { now: () => Date.now(), after: () => () => undefined },
    ...(options.tell ? { tell: options.tell } : {}),
  });
  const server = createServer((request, response) => {
    if (pool.claims(request)) pool.handle(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    pool,
    clientId: pool.clientIds[0] ?? "",
    endpoint: `http://localhost:${String(port)}/cognito/`,
    port,
    dataDir,
    codeFor(email) {
      const mail = pool.mails.list().find(({ to }) => to === email);
      if (!mail) throw new Error(`nothing was mailed to ${email}`);
      return mail.code;
    },
    stop: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
