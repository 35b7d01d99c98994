import { cognitoUserPoolsTokenProvider } from "aws-amplify/auth/cognito";
import type { UserId } from "../../core/domain/ids";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createCognitoTokens, lastUserKey, storedUser } from "./cognito-tokens";
import { isSignedInBefore } from "./signed-in-before";
import { browserStorage } from "./browser-storage.fixture";
import { parseOutputs } from "./outputs";

const USER = "00000000-0000-4000-8000-00000000000a" as UserId;
const OTHER = "00000000-0000-4000-8000-00000000000b" as UserId;
const CLIENT = "client-1";
const outputs = parseOutputs(
  JSON.stringify({
    auth: { user_pool_id: "us-east-1_x", user_pool_client_id: CLIENT },
    custom: { chat: { socketUrl: "wss://chat.example.org/chat" }, userPoolEndpoint: "http://pool.example/" },
  }),
);

describe("who is signed in on this device", () => {
  it("is known from the stored access token, without the network", () => {
    const storage = browserStorage({
      [lastUserKey(CLIENT)]: "ada@example.org",
      [`CognitoIdentityServiceProvider.${CLIENT}.ada@example.org.accessToken`]: token({ sub: USER }),
    });

    expect(storedUser(outputs, storage)).toBe(USER);
    expect(isSignedInBefore(() => storage)).toBe(true);
  });

  it("is nobody when nothing is stored, or for another app client", () => {
    const storage = browserStorage({ [lastUserKey("client-2")]: "ada@example.org" });

    expect(storedUser(outputs, browserStorage({}))).toBeUndefined();
    expect(storedUser(outputs, storage)).toBeUndefined();
    expect(isSignedInBefore(() => browserStorage({}))).toBe(false);
  });

  it.each(["", "x", "a.b.c", token({ sub: "not-an-id" }), token({}), token("text")])(
    "is nobody when the token is %j",
    (accessToken) => {
      const storage = browserStorage({
        [lastUserKey(CLIENT)]: "ada",
        [`CognitoIdentityServiceProvider.${CLIENT}.ada.accessToken`]: accessToken,
      });

      expect(storedUser(outputs, storage)).toBeUndefined();
    },
  );

  it("is nobody for a welcome page that may not look", () => {
    const forbidden = (): Storage => {
      throw new DOMException("denied", "SecurityError");
    };
    expect(isSignedInBefore(forbidden)).toBe(false);
  });
});

describe("the access token", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("is the stored one while it lasts", async () => {
    const tokens = signedIn({ expiresInSeconds: 3600 });
    expect(await tokens.access({ fresh: false, now: Date.now() })).toMatchObject({
      expiresAt: expect.any(Number),
    });
    expect(await tokens.displayName()).toBe("Ada Lovelace");
  });

  it("is renewed shortly before it ends, and when a fresh one is asked for", async () => {
    const soon = token({ sub: USER, iat: nowSeconds(), exp: nowSeconds() + 7200 });
    const pool = vi.fn(async () =>
      Response.json({ AuthenticationResult: { AccessToken: soon, IdToken: soon, ExpiresIn: 7200 } }),
    );
    vi.stubGlobal("fetch", pool);

    expect(await signedIn({ expiresInSeconds: 30 }).access({ fresh: false, now: Date.now() })).toMatchObject({
      jwt: soon,
    });
    expect(await signedIn({ expiresInSeconds: 3600 }).access({ fresh: true, now: Date.now() })).toMatchObject(
      { jwt: soon },
    );
    expect(pool).toHaveBeenCalledTimes(2);
  });

  it("is never that of somebody else whom another tab has signed in", async () => {
    signedIn({ expiresInSeconds: 3600 });
    const tokens = createCognitoTokens(outputs, OTHER);

    expect(await tokens.access({ fresh: false, now: Date.now() })).toBe("ended");
    expect(await tokens.displayName()).toBeUndefined();
  });

  it("is out of reach, not ended, when the user pool does not answer", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch");
    });

    expect(await signedIn({ expiresInSeconds: -10 }).access({ fresh: false, now: Date.now() })).toBe(
      "unreachable",
    );
  });

  it("has ended when the user pool says so, or nobody is signed in", async () => {
    vi.stubGlobal("fetch", async () =>
      Response.json(
        { __type: "NotAuthorizedException", message: "Refresh Token has been revoked" },
        { status: 400, headers: { "x-amzn-errortype": "NotAuthorizedException" } },
      ),
    );

    expect(await signedIn({ expiresInSeconds: -10 }).access({ fresh: false, now: Date.now() })).toBe("ended");
    cognitoUserPoolsTokenProvider.setKeyValueStorage(keyValues({}));
    expect(await createCognitoTokens(outputs, USER).access({ fresh: false, now: Date.now() })).toBe("ended");
  });
});

const nowSeconds = () => Math.floor(Date.now() / 1000);

function signedIn({ expiresInSeconds }: { readonly expiresInSeconds: number }) {
  const key = (name: string) => `CognitoIdentityServiceProvider.${CLIENT}.${USER}.${name}`;
  const jwt = token({ sub: USER, name: "Ada Lovelace", exp: nowSeconds() + expiresInSeconds });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(
    keyValues({
      [lastUserKey(CLIENT)]: USER,
      [key("accessToken")]: jwt,
      [key("idToken")]: jwt,
      [key("refreshToken")]: "refresh",
    }),
  );
  return createCognitoTokens(outputs, USER);
}

function keyValues(first: Readonly<Record<string, string>>) {
  const kept = new Map(Object.entries(first));
  return {
    getItem: async (key: string) => kept.get(key) ?? null,
    setItem: async (key: string, value: string) => void kept.set(key, value),
    removeItem: async (key: string) => void kept.delete(key),
    clear: async () => kept.clear(),
  };
}

function token(claims: unknown): string {
  return `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;
}
