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

/** "ada@demo.example"; where the demo has begun anew, "ada.2@demo.example" and so on. */
const person = (name: string, generation = 1) => ({
  name,
  handle: name.toLowerCase(),
  email: `${name.toLowerCase()}${generation > 1 ? `.${String(generation)}` : ""}@demo.example`,
});

export type People = {
  readonly ada: DemoPerson;
  readonly grace: DemoPerson;
  /** The terminal has somebody of its own: Ada's and Grace's seats stay as they are. */
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

const generationFile = (directory: string) => join(directory, "generation");

const generationIn = (directory: string): number => {
  try {
    return Number(readFileSync(generationFile(directory), "utf8"));
  } catch {
    return 1;
  }
};

export const peopleIn = (directory: string): People => {
  const secret = secretIn(directory);
  const generation = generationIn(directory);
  const known = (each: ReturnType<typeof person>): DemoPerson => ({
    ...each,
    password: `${each.handle}-${secret}`,
  });
  return {
    ada: known(person("Ada", generation)),
    grace: known(person("Grace", generation)),
    linus: known(person("Linus")),
  };
};

/** From now on another Ada and another Grace. Those before them stay stored, and are not shown. */
export const peopleAnewIn = (directory: string): People => {
  writeFileSync(generationFile(directory), String(generationIn(directory) + 1));
  return peopleIn(directory);
};
