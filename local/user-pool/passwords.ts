import { CognitoError, invalidParameter } from "./cognito-error";
import type { PasswordPolicy } from "./settings";

/** Cognito counts a space inside the password as a symbol. */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;
const LONGEST = 256;

const broken = (password: string, policy: PasswordPolicy): string | undefined => {
  if (password.length < policy.minimumLength) return "Password not long enough";
  if (policy.uppercase && !/[A-Z]/.test(password)) return "Password must have uppercase characters";
  if (policy.lowercase && !/[a-z]/.test(password)) return "Password must have lowercase characters";
  if (policy.numbers && !/[0-9]/.test(password)) return "Password must have numeric characters";
  if (policy.symbols && !SYMBOL.test(password)) return "Password must have symbol characters";
  return undefined;
};

export const checkPassword = (password: string, policy: PasswordPolicy): void => {
  if (password !== password.trim() || password.length > LONGEST)
    throw invalidParameter(
      "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    );
  const why = broken(password, policy);
  if (why) throw new CognitoError("InvalidPasswordException", `Password did not conform with policy: ${why}`);
};
