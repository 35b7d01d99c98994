// A request's fields. Checked where they are read, with the words of Cognito's own validation.

import { invalidParameter } from "./cognito-error";

export type Input = Readonly<Record<string, unknown>>;

export const isInput = (value: unknown): value is Input =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Longer than any field that is meant: an access token is about a kilobyte. */
const LONGEST = 8_192;

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

export const optionalText = (input: Input, name: string): string | undefined => {
  const value = input[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string" || value.length > LONGEST)
    throw invalidParameter(
      `1 validation error detected: Value at '${lowerFirst(name)}' is not a valid string`,
    );
  return value;
};

export const text = (input: Input, name: string): string => {
  const value = optionalText(input, name);
  if (value === undefined)
    throw invalidParameter(
      `1 validation error detected: Value null at '${lowerFirst(name)}' failed to satisfy constraint: Member must not be null`,
    );
  return value;
};

export const record = (input: Input, name: string): Input => {
  const value = input[name];
  return isInput(value) ? value : {};
};

/** The parameters of a flow or a challenge have a message of their own. */
export const parameter = (parameters: Input, name: string): string => {
  const value = optionalText(parameters, name);
  if (value === undefined) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
};

/** `[{ Name, Value }]` as Cognito passes attributes. */
export const attributesOf = (input: Input, name: string): ReadonlyMap<string, string> => {
  const value = input[name] ?? [];
  if (!Array.isArray(value))
    throw invalidParameter(`1 validation error detected: Value at '${lowerFirst(name)}'`);
  const pairs: readonly unknown[] = value;
  return new Map(
    pairs.map((pair) => {
      if (!isInput(pair))
        throw invalidParameter(`1 validation error detected: Value at '${lowerFirst(name)}'`);
      return [text(pair, "Name"), optionalText(pair, "Value") ?? ""] as const;
    }),
  );
};
