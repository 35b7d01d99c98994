// Who the demo is about. Their addresses cannot be mailed to: `.example` belongs to nobody (RFC 2606).

import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type DemoPerson = {
  readonly name: string;
  readonly handle: string;
  readonly email: string;
  readonly password: string;
};

const person = (name: string) => ({
  name,
  handle: name.toLowerCase(),
  email: `${name.toLowerCase()}@demo.example`,
});

const ADA = person("Ada");
const GRACE = person("Grace");
/** The terminal has somebody of its own: Ada's and Grace's seats stay as they are. */
const LINUS = person("Linus");

export type People = {
  readonly ada: DemoPerson;
  readonly grace: DemoPerson;
  readonly linus: DemoPerson;
};

/** Made once a data directory. The tail has what any password policy may ask for. */
const secretIn = (directory: string): string => {
  const path = join(directory, "secret");
  try {
    return readFileSync(path, "utf8");
  } catch {
    mkdirSync(directory, { recursive: true });
    const secret = `${randomBytes(18).toString("base64url")}-aA1`;
    writeFileSync(path, secret, { mode: 0o600 });
    return secret;
  }
};

export const peopleIn = (directory: string): People => {
  const secret = secretIn(directory);
  const known = (each: typeof ADA): DemoPerson => ({ ...each, password: `${each.handle}-${secret}` });
  return { ada: known(ADA), grace: known(GRACE), linus: known(LINUS) };
};
