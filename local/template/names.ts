// Physical names that look like AWS's own and are the same after every restart: they are made from where a
// resource stands in the template, so that data filed under a table's name is found again.

import { createHash } from "node:crypto";

const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
const UPPER = LOWER.toUpperCase();
const MIXED = `${LOWER}${UPPER}`;

export type Alphabet = "lower" | "upper" | "mixed";
const LETTERS = { lower: LOWER, upper: UPPER, mixed: MIXED } satisfies Record<Alphabet, string>;

/** `length` letters that follow from `seed` alone. */
export function lettersFrom(seed: string, length: number, alphabet: Alphabet): string {
  const letters = LETTERS[alphabet];
  let text = "";
  for (let block = 0; text.length < length; block++)
    for (const byte of createHash("sha256").update(`${seed}#${block}`).digest())
      text += letters[byte % letters.length];
  return text.slice(0, length);
}

const SUFFIX_LENGTH = 12;

/** CloudFormation's own pattern: stack, logical id and twelve letters, the front cut to fit the service's limit. */
export function physicalName(place: { stackName: string; logicalId: string }, maxLength: number): string {
  const suffix = lettersFrom(`${place.stackName}/${place.logicalId}`, SUFFIX_LENGTH, "mixed");
  const room = maxLength - SUFFIX_LENGTH - 2;
  const logicalId = place.logicalId.slice(0, Math.ceil(room / 2));
  const stackName = place.stackName.slice(0, room - logicalId.length);
  return `${stackName}-${logicalId}-${suffix}`;
}

export function uuidFrom(seed: string): string {
  const hex = createHash("sha256").update(seed).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
