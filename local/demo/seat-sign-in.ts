// In the browser, on the seat's origin: the real sign-in (SRP) by the library that the app uses, with the app's
// configuration, so the tokens lie where the app looks for them.

import { Amplify } from "aws-amplify";
import { fetchAuthSession, signIn, signOut } from "aws-amplify/auth";
import type { SeatSignIn } from "./seat-sign-in.types";

const given = (): SeatSignIn => {
  const text = document.querySelector("#given")?.textContent ?? "";
  // Our own server wrote it into this page.
  return JSON.parse(text) as SeatSignIn;
};

const say = (text: string): void => {
  const state = document.querySelector("#state");
  if (state) state.textContent = text;
};

/** Asks the pool, not only the storage: a session of a pool whose data were thrown away is none. */
const isSignedInAs = async (email: string): Promise<boolean> => {
  const { tokens } = await fetchAuthSession({ forceRefresh: true });
  return tokens?.idToken?.payload["email"] === email;
};

const enter = async ({ email, password, cognito, to }: SeatSignIn): Promise<void> => {
  Amplify.configure({ Auth: { Cognito: cognito } });
  if (!(await isSignedInAs(email))) {
    await signOut();
    const { isSignedIn, nextStep } = await signIn({ username: email, password });
    if (!isSignedIn) throw new Error(`the sign-in stopped at ${nextStep.signInStep}`);
  }
  location.replace(to);
};

const seat = given();
enter(seat).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  say(`Unable to sign this seat in; ${reason} Is the local cloud running? Reload to try again.`);
});
