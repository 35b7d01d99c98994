import { describe, expect, it } from "vitest";
import { lastUserKey, storedUser } from "./cognito-tokens";
import { isSignedInBefore } from "./signed-in-before";
import type { Outputs } from "./outputs";

const USER = "00000000-0000-4000-8000-00000000000a";
const CLIENT = "client-1";
const outputs = { cognito: { userPoolId: "us-east-1_x", userPoolClientId: CLIENT } } as Outputs;

describe("who is signed in on this device", () => {
  it("is known from the stored access token, without the network", () => {
    const storage = storageOf({
      [lastUserKey(CLIENT)]: "ada@example.org",
      [`CognitoIdentityServiceProvider.${CLIENT}.ada@example.org.accessToken`]: token({ sub: USER }),
    });

    expect(storedUser(outputs, storage)).toBe(USER);
    expect(isSignedInBefore(() => storage)).toBe(true);
  });

  it("is nobody when nothing is stored, or for another app client", () => {
    const storage = storageOf({ [lastUserKey("client-2")]: "ada@example.org" });

    expect(storedUser(outputs, storageOf({}))).toBeUndefined();
    expect(storedUser(outputs, storage)).toBeUndefined();
    expect(isSignedInBefore(() => storageOf({}))).toBe(false);
  });

  it.each(["", "x", "a.b.c", token({ sub: "not-an-id" }), token({}), token("text")])(
    "is nobody when the token is %j",
    (accessToken) => {
      const storage = storageOf({
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

function token(claims: unknown): string {
  return `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;
}

function storageOf(items: Record<string, string>): Storage {
  const methods = {
    getItem: { value: (key: string) => items[key] ?? null },
  };
  return Object.create(Object.prototype, {
    ...Object.getOwnPropertyDescriptors(items),
    ...methods,
  }) as Storage;
}
