// The words of Amplify's form. The app speaks English, so the form does too, whatever the browser speaks: Amplify
// leaves its own English on the screen for each phrase that is missing here.

import type { Outputs } from "../browser/outputs";

export const LANGUAGE = "en";

type PasswordFormat = Outputs["passwordFormat"];

export function authVocabulary({ minLength }: PasswordFormat): Readonly<Record<string, string>> {
  return {
    "Sign In": "Sign in",
    "Signing in": "Signing in…",
    "Create Account": "Create account",
    "Creating Account": "Creating account…",
    "Forgot your password?": "Forgot your password?",
    "Back to Sign In": "Back to sign in",
    // The heading depends on how the code was sent. This pool only sends mail.
    "We Emailed You": CODE_SENT,
    "We Sent A Code": CODE_SENT,
    "We Texted You": CODE_SENT,
    "Your code is on the way. To log in, enter the code we emailed to": "Enter the code that was mailed to",
    "Your code is on the way. To log in, enter the code we sent you": "Enter the code that was mailed to you",
    "It may take a minute to arrive": "It may take a minute to arrive",
    Confirm: "Confirm",
    Confirming: "Confirming…",
    "Resend Code": "Send a new code",
    "Reset Password": "Reset password",
    "Send code": "Send me a code",
    Sending: "Sending…",
    Submit: "Change password",
    Submitting: "Changing password…",
    "Your passwords must match": "The two passwords differ. Enter the same one twice.",
    [`Password must have at least ${minLength} characters`]: `This is too short: a password has at least ${minLength} characters.`,
    "Password must have lower case letters": "Add a small letter.",
    "Password must have upper case letters": "Add a capital letter.",
    "Password must have numbers": "Add a digit.",
    "Password must have special characters": "Add a sign, such as ! or ?.",
  };
}

const CODE_SENT = "We sent you a code";

/** "At least 10 characters, with a small letter and a digit." */
export function passwordRules(format: PasswordFormat): string {
  const kinds = [
    format.requireLowercase && "a small letter",
    format.requireUppercase && "a capital letter",
    format.requireNumbers && "a digit",
    format.requireSpecialCharacters && "a sign",
  ].filter((kind) => typeof kind === "string");
  const list = new Intl.ListFormat(LANGUAGE).format(kinds);
  return `At least ${format.minLength} characters${kinds.length > 0 ? `, with ${list}` : ""}.`;
}
