"use client";

// Amplify's Authenticator, in our words and colours. It is heavy: only the sign-in page loads it.

import { Authenticator } from "@aws-amplify/ui-react";
import { Amplify } from "aws-amplify";
import { I18n } from "aws-amplify/utils";
import { useEffect } from "react";
import { readOutputs } from "../browser/outputs";
import { nextPath } from "./next-path";
import { spokenServices } from "./spoken-services";
import "./amplify-theme";

const { cognito, passwordFormat } = readOutputs();
Amplify.configure({
  Auth: {
    Cognito: {
      ...cognito,
      loginWith: { email: true },
      userAttributes: { name: { required: true } },
      passwordFormat,
    },
  },
});

I18n.putVocabularies({
  en: {
    "Sign In": "Sign in",
    "Create Account": "Create account",
    "Signing in": "Signing in…",
    "Creating Account": "Creating account…",
    Confirming: "Confirming…",
    "Forgot your password?": "Forgot your password?",
    "Resend Code": "Send a new code",
    "We Emailed You": "We sent you a code",
    "Your code is on the way. To log in, enter the code we emailed to": "Enter the code that was mailed to",
    "Back to Sign In": "Back to sign in",
    "Reset Password": "Reset password",
    "Send code": "Send me a code",
  },
});

const EMAIL = { label: "E-mail", placeholder: "", isRequired: true };
const formFields = {
  signIn: {
    username: { ...EMAIL, autocomplete: "username" },
    password: { label: "Password", placeholder: "" },
  },
  signUp: {
    name: {
      order: 1,
      label: "Name",
      placeholder: "",
      descriptiveText: "Others see it. You can change it later.",
      autocomplete: "name",
      isRequired: true,
    },
    email: { ...EMAIL, order: 2 },
    password: { order: 3, label: "Password", placeholder: "", descriptiveText: passwordRules() },
    confirm_password: { order: 4, label: "Password again", placeholder: "" },
  },
  forgotPassword: { username: EMAIL },
  confirmSignUp: { confirmation_code: { label: "Code", placeholder: "" } },
  confirmResetPassword: {
    confirmation_code: { label: "Code", placeholder: "" },
    password: { label: "New password", placeholder: "", descriptiveText: passwordRules() },
    confirm_password: { label: "New password again", placeholder: "" },
  },
};

export default function SignInForm({
  asked,
  signUp,
}: {
  readonly asked: string | null;
  readonly signUp: boolean;
}) {
  return (
    <Authenticator
      initialState={signUp ? "signUp" : "signIn"}
      formFields={formFields}
      services={spokenServices}
    >
      {() => <GoOn asked={asked} />}
    </Authenticator>
  );
}

/** A whole new page: the chat does not carry this form along. */
function GoOn({ asked }: { readonly asked: string | null }) {
  useEffect(() => {
    window.location.replace(nextPath(asked, window.location.origin));
  }, [asked]);
  return (
    <p role="status" data-going-on>
      You are signed in. One moment…
    </p>
  );
}

function passwordRules(): string {
  const { minLength, requireLowercase, requireUppercase, requireNumbers, requireSpecialCharacters } =
    passwordFormat;
  const kinds = [
    requireLowercase && "a small letter",
    requireUppercase && "a capital letter",
    requireNumbers && "a digit",
    requireSpecialCharacters && "a sign",
  ].filter((kind) => typeof kind === "string");
  const list = new Intl.ListFormat("en").format(kinds);
  return `At least ${minLength} characters${kinds.length > 0 ? `, with ${list}` : ""}.`;
}
