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

/** `passwordChanged` is called with the address whose password was reset. */
export const spokenServices = (passwordChanged: (address: string) => void) => ({
  handleSignIn: spoken(signIn),
  handleSignUp: spoken(signUp),
  handleConfirmSignUp: spoken(confirmSignUp),
  handleForgotPassword: spoken(resetPassword),
  handleForgotPasswordSubmit: spoken(confirmResetPassword, ({ username }) => passwordChanged(username)),
  handleResendSignUpCode: spoken(resendSignUpCode),
});

function spoken<Call extends (...args: never[]) => Promise<unknown>>(
  call: Call,
  done: (...args: Parameters<Call>) => void = () => undefined,
): Call {
  const told = async (...args: Parameters<Call>): Promise<unknown> => {
    try {
      const answer = await call(...args);
      done(...args);
      return answer;
    } catch (error) {
      const name = error instanceof Error ? error.name : "Error";
      throw Object.assign(new Error(authSentence(error), { cause: error }), { name });
    }
  };
  // Same arguments, same answers: only what is thrown differs, and that has no type.
  return told as Call;
}
