// Every operation that the pool knows, by its name on the wire.

import { CognitoError } from "../cognito-error";
import type { Input } from "../input";
import { text } from "../input";
import type { Pool } from "../pool";
import type { Client } from "../settings";
import {
  deleteUser,
  getUser,
  getUserAttributeVerificationCode,
  updateUserAttributes,
  verifyUserAttribute,
} from "./account";
import { changePassword, confirmForgotPassword, forgotPassword } from "./passwords";
import { getTokensFromRefreshToken, globalSignOut, revokeToken } from "./sessions";
import { initiateAuth, respondToAuthChallenge } from "./sign-in";
import { confirmSignUp, resendConfirmationCode, signUp } from "./sign-up";

export type Operation = (pool: Pool, input: Input) => object;

/** Before anybody is signed in, the request names the app's client. */
const ofClient =
  (operation: (pool: Pool, client: Client, input: Input) => object): Operation =>
  (pool, input) => {
    const id = text(input, "ClientId");
    const client = pool.settings.clients.get(id);
    if (!client)
      throw new CognitoError("ResourceNotFoundException", `User pool client ${id} does not exist.`);
    return operation(pool, client, input);
  };

export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    SignUp: ofClient(signUp),
    ConfirmSignUp: ofClient(confirmSignUp),
    ResendConfirmationCode: ofClient(resendConfirmationCode),
    InitiateAuth: ofClient(initiateAuth),
    RespondToAuthChallenge: ofClient(respondToAuthChallenge),
    GetTokensFromRefreshToken: ofClient(getTokensFromRefreshToken),
    RevokeToken: ofClient(revokeToken),
    ForgotPassword: ofClient(forgotPassword),
    ConfirmForgotPassword: ofClient(confirmForgotPassword),
    GlobalSignOut: globalSignOut,
    GetUser: getUser,
    UpdateUserAttributes: updateUserAttributes,
    VerifyUserAttribute: verifyUserAttribute,
    GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
    ChangePassword: changePassword,
    DeleteUser: deleteUser,
  }),
);
