"use client";

// Amplify's Authenticator, in our words and colours. It is heavy: only the sign-in page loads it.

import { Authenticator } from "@aws-amplify/ui-react";
import { Amplify } from "aws-amplify";
import { I18n } from "aws-amplify/utils";
import { useEffect, useMemo, useState } from "react";
import { readOutputs } from "../browser/outputs";
import { LANGUAGE, authVocabulary, passwordRules } from "./auth-vocabulary";
import { nextPath, signInPath } from "./next-path";
import { spokenServices } from "./spoken-services";
import styles from "./sign-in-form.module.css";
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

// Without a language set, Amplify takes the browser's and finds no words for it.
I18n.setLanguage(LANGUAGE);
I18n.putVocabularies({ [LANGUAGE]: authVocabulary(passwordFormat) });

const EMAIL = { label: "E-mail", placeholder: "", isRequired: true };
const CODE = { label: "Code", placeholder: "", autocomplete: "one-time-code", inputMode: "numeric" };
const PASSWORD_RULES = passwordRules(passwordFormat);

/** `changedFor`: the address whose password was changed a moment ago. */
const formFieldsFor = (changedFor: string | undefined) => ({
  signIn: {
    username: {
      ...EMAIL,
      autocomplete: "username",
      ...(changedFor !== undefined && { defaultValue: changedFor }),
    },
    password: { label: "Password", placeholder: "", autoFocus: changedFor !== undefined },
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
    password: { order: 3, label: "Password", placeholder: "", descriptiveText: PASSWORD_RULES },
    confirm_password: { order: 4, label: "Password again", placeholder: "" },
  },
  forgotPassword: { username: EMAIL },
  confirmSignUp: { confirmation_code: CODE },
  confirmResetPassword: {
    confirmation_code: CODE,
    password: { label: "New password", placeholder: "", descriptiveText: PASSWORD_RULES },
    confirm_password: { label: "New password again", placeholder: "" },
  },
});

type SignInFormProps = {
  readonly asked: string | null;
  readonly signUp: boolean;
};

export default function SignInForm({ asked, signUp }: SignInFormProps) {
  const [changedFor, setChangedFor] = useState<string>();
  const services = useMemo(() => spokenServices(setChangedFor), []);
  const components = useMemo(() => screensFor(asked), [asked]);

  return (
    <>
      <div role="status">
        {changedFor !== undefined && (
          <p className={styles.done}>Your password was changed. Sign in with the new one.</p>
        )}
      </div>
      {/* The form reads its fields once: after a changed password, a new form begins with the address filled in. */}
      <Authenticator
        key={changedFor}
        initialState={signUp && changedFor === undefined ? "signUp" : "signIn"}
        formFields={formFieldsFor(changedFor)}
        services={services}
        components={components}
      >
        {() => <GoOn asked={asked} />}
      </Authenticator>
    </>
  );
}

/** Each screen that asks for a code leads back to sign-in: the person may have mistyped the address. */
function screensFor(asked: string | null) {
  const BackToSignIn = () => (
    <p data-back>
      <a href={asked === null ? "/sign-in" : signInPath(asked)}>Back to sign in</a>
    </p>
  );
  return {
    ConfirmSignUp: { Footer: BackToSignIn },
    ConfirmResetPassword: { Header: ChooseNewPassword, Footer: BackToSignIn },
  };
}

/** The pool does not tell whether an address has an account, so this screen cannot say that a code was sent. */
function ChooseNewPassword() {
  return (
    <>
      <h3 className="amplify-heading">Choose a new password</h3>
      <p>
        If this address has an account, a code is on its way to it. Enter the code and the password you want.
      </p>
    </>
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
