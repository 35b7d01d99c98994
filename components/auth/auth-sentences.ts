// What the user pool says, as sentences: what happened and what to do. At sign-in it is never told whether an address
// has an account: the pool answers the same for both, and so do these.

const NO_MATCH = "E-mail address and password do not match. Check both, or reset the password.";
const TOO_OFTEN = "That was tried too often. Wait a few minutes, then try again.";
const OTHER = "That did not work, and nothing was changed. Try again in a moment.";

const SENTENCES: Readonly<Record<string, string>> = {
  NotAuthorizedException: NO_MATCH,
  UserNotFoundException: NO_MATCH,
  UsernameExistsException: "There is an account with this e-mail address already. Sign in instead.",
  CodeMismatchException: "This is not the code that was sent. Check it, or ask for a new one.",
  ExpiredCodeException: "This code is no longer valid. Ask for a new one and enter that.",
  InvalidPasswordException:
    "This password is not strong enough. Make it longer, and mix small and capital letters, digits and signs.",
  LimitExceededException: TOO_OFTEN,
  TooManyRequestsException: TOO_OFTEN,
  TooManyFailedAttemptsException: TOO_OFTEN,
  CodeDeliveryFailureException: "The code could not be sent to this address. Check it, or try again later.",
  PasswordResetRequiredException: "Your password must be reset. Choose “Forgot your password?” below.",
  UserNotConfirmedException: "This account is not confirmed yet. Enter the code that was sent to you.",
  InvalidParameterException: "Something in the form is not as it should be. Check each field and try again.",
  NetworkError: "There is no answer from the server. Check your connection and try again.",
};

export function authSentence(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAuthorizedException" && /attempts exceeded/i.test(messageOf(error))) return TOO_OFTEN;
  return SENTENCES[name] ?? OTHER;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : "");
