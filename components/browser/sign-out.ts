// Ends the session with the user pool: the refresh token is revoked there if it can be reached, and forgotten
// here in any case. Loaded when it is needed.

import type { Outputs } from "./outputs";

export async function signOutOf({ cognito }: Outputs): Promise<void> {
  const [{ Amplify }, { signOut }] = await Promise.all([import("aws-amplify"), import("aws-amplify/auth")]);
  Amplify.configure({ Auth: { Cognito: cognito } });
  await signOut();
}
