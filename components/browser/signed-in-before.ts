/**
 * Whether somebody is signed in on this device, for pages that load nothing of Amplify: it keeps the name of the
 * last user under such a key until they sign out.
 */
export function isSignedInBefore(storage: () => Storage = () => localStorage): boolean {
  try {
    return Object.keys(storage()).some((key) =>
      /^CognitoIdentityServiceProvider\..+\.LastAuthUser$/.test(key),
    );
  } catch {
    return false;
  }
}
