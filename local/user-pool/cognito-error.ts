/** An expected "no", in Cognito's words: the app shows sentences by these names. Everything else is a bug. */
export class CognitoError extends Error {
  override readonly name = "CognitoError";

  constructor(
    /** Cognito's own name: "NotAuthorizedException". */
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

// The answers that are given in several places, worded as Cognito words them.

export const notAuthorized = (message: string) => new CognitoError("NotAuthorizedException", message);
export const invalidParameter = (message: string) => new CognitoError("InvalidParameterException", message);

export const wrongPassword = () => notAuthorized("Incorrect username or password.");
export const userNotFound = () => new CognitoError("UserNotFoundException", "User does not exist.");
export const emailTaken = (type: "UsernameExistsException" | "AliasExistsException") =>
  new CognitoError(type, "An account with the given email already exists.");
export const codeMismatch = () =>
  new CognitoError("CodeMismatchException", "Invalid verification code provided, please try again.");
export const codeExpired = () =>
  new CognitoError("ExpiredCodeException", "Invalid code provided, please request a code again.");
export const limitExceeded = () =>
  new CognitoError("LimitExceededException", "Attempt limit exceeded, please try after some time.");
