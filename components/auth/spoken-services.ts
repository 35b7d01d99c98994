// Amplify's calls, with errors that a person understands. The names of the errors stay: the form goes by them.

import {
  confirmResetPassword,
  confirmSignUp,
  resendSignUpCode,
  resetPassword,
  signIn,
  signUp,
} from "aws-amplify/auth";
import { authSentence } from "./auth-sentences";

export const spokenServices = {
  handleSignIn: spoken(signIn),
  handleSignUp: spoken(signUp),
  handleConfirmSignUp: spoken(confirmSignUp),
  handleForgotPassword: spoken(resetPassword),
  handleForgotPasswordSubmit: spoken(confirmResetPassword),
  handleResendSignUpCode: spoken(resendSignUpCode),
};

function spoken<Call extends (...args: never[]) => Promise<unknown>>(call: Call): Call {
  const told = async (...args: Parameters<Call>): Promise<unknown> => {
    try {
      return await call(...args);
    } catch (error) {
      const name = error instanceof Error ? error.name : "Error";
      throw Object.assign(new Error(authSentence(error), { cause: error }), { name });
    }
  };
  // Same arguments, same answers: only what is thrown differs, and that has no type.
  return told as Call;
}
