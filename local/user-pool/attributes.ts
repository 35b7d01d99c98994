// What a person may say of themselves.

import { CognitoError, invalidParameter, notAuthorized } from "./cognito-error";
import type { Settings } from "./settings";
import type { User } from "./state";

/** OpenID Connect's standard claims, which every pool has. */
const STANDARD = new Set(
  (
    "name given_name family_name middle_name nickname preferred_username profile picture website email gender " +
    "birthdate zoneinfo locale phone_number address updated_at"
  ).split(" "),
);
const WRITTEN_BY_COGNITO = new Set(["sub", "email_verified", "phone_number_verified", "identities"]);
const LONGEST = 2_048;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$|^[^\s@]+@localhost$/;

export const isEmail = (text: string): boolean => EMAIL.test(text) && text.length <= 256;

const nonconforming = (why: string) => invalidParameter(`Attributes did not conform to the schema: ${why}`);

export const checkAttributes = (settings: Settings, given: ReadonlyMap<string, string>): void => {
  for (const [name, value] of given) {
    if (WRITTEN_BY_COGNITO.has(name))
      throw notAuthorized("A client attempted to write unauthorized attribute");
    if (!STANDARD.has(name) && !settings.customAttributes.includes(name))
      throw nonconforming(`Type for attribute {${name}} could not be determined`);
    if (value.length > LONGEST)
      throw nonconforming(`${name}: String must be no longer than ${String(LONGEST)} characters\n`);
    if (name === "email" && !isEmail(value)) throw invalidParameter("Invalid email address format.");
    if (value === "" && settings.requiredAttributes.includes(name))
      throw nonconforming(`${name}: The attribute is required\n`);
  }
};

export const checkRequired = (settings: Settings, given: ReadonlyMap<string, string>): void => {
  const missing = settings.requiredAttributes.filter((name) => !given.get(name));
  if (missing.length > 0)
    throw nonconforming(missing.map((name) => `${name}: The attribute is required\n`).join(""));
};

/** As claims of an ID token and as GetUser tells them. */
export const attributesOfUser = (user: User): Readonly<Record<string, string>> => ({
  sub: user.sub,
  email: user.email,
  email_verified: String(user.emailVerified),
  ...user.attributes,
});

export const onlyEmailIsVerified = (name: string): void => {
  if (name !== "email")
    throw new CognitoError("InvalidParameterException", `Attribute ${name} cannot be verified by a code.`);
};
