// The person's session with the user pool, on the pages that chat: tokens are read and renewed, nothing else of
// Amplify is loaded.

import type { AuthTokens } from "aws-amplify/auth";
import {
  AUTH_KEY_PREFIX,
  cognitoUserPoolsTokenProvider,
  createKeysForAuthStorage,
} from "aws-amplify/auth/cognito";
import { isUserId, type UserId } from "../../core/domain/ids";
import type { Tokens } from "../../core/client/ports/tokens";
import type { Outputs } from "./outputs";

/** A token that ends sooner is renewed first: the handshake and the clock of the device need the time. */
const SPARE_MS = 60_000;

/** Of this person only: another tab may have signed somebody else in meanwhile, and the library gives their tokens. */
export function createCognitoTokens({ cognito }: Outputs, user: UserId): Tokens {
  cognitoUserPoolsTokenProvider.setAuthConfig({ Cognito: cognito });
  const tokens = async (forceRefresh: boolean) => {
    const found = await cognitoUserPoolsTokenProvider.getTokens({ forceRefresh });
    return found?.accessToken.payload.sub === user ? found : undefined;
  };

  return {
    access: async ({ fresh, now }) => {
      try {
        const found = await tokens(fresh);
        const enough = found && (fresh || expiresAtOf(found) > now + SPARE_MS);
        const used = enough ? found : found && (await tokens(true));
        return used ? { jwt: used.accessToken.toString(), expiresAt: expiresAtOf(used) } : "ended";
      } catch (error) {
        return hasEnded(error) ? "ended" : "unreachable";
      }
    },
    displayName: async () => {
      try {
        const name = (await tokens(false))?.idToken?.payload["name"];
        return typeof name === "string" ? name : undefined;
      } catch {
        // It is asked for again with the next socket.
        return undefined;
      }
    },
  };
}

/**
 * Who is signed in on this device, without asking the network: the app opens from its store on a plane too.
 * Whether the session still holds is found out when the socket is opened.
 */
export function storedUser({ cognito }: Outputs, storage: Storage = localStorage): UserId | undefined {
  const username = storage.getItem(lastUserKey(cognito.userPoolClientId));
  if (!username) return undefined;
  const keys = createKeysForAuthStorage(AUTH_KEY_PREFIX, `${cognito.userPoolClientId}.${username}`);
  const user = subjectOf(storage.getItem(keys["accessToken"] ?? ""));
  return user && isUserId(user) ? user : undefined;
}

export const lastUserKey = (clientId: string): string => `${AUTH_KEY_PREFIX}.${clientId}.LastAuthUser`;

/** Not verified: it chooses which local store to open, and the server decides for itself. */
function subjectOf(jwt: string | null): string | undefined {
  try {
    const payload = jwt?.split(".")[1]?.replace(/-/g, "+").replace(/_/g, "/");
    const claims: unknown = payload ? JSON.parse(atob(payload)) : undefined;
    const isSubject = typeof claims === "object" && claims !== null && "sub" in claims;
    return isSubject && typeof claims.sub === "string" ? claims.sub : undefined;
  } catch {
    return undefined;
  }
}

const expiresAtOf = (tokens: AuthTokens): number => (tokens.accessToken.payload.exp ?? 0) * 1000;

/** The answers of the user pool after which only signing in again helps. All else may pass. */
const ENDED = [
  "NotAuthorizedException",
  "TokenRevokedException",
  "UserNotFoundException",
  "PasswordResetRequiredException",
  "UserNotConfirmedException",
  "RefreshTokenReuseException",
  "UserUnAuthenticatedException",
];
const hasEnded = (error: unknown): boolean => error instanceof Error && ENDED.includes(error.name);
