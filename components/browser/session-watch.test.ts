import { describe, expect, it, vi } from "vitest";
import type { UserId } from "../../core/domain/ids";
import { browserStorage } from "./browser-storage.fixture";
import { lastUserKey } from "./cognito-tokens";
import { parseOutputs } from "./outputs";
import { watchSession } from "./session-watch";

const CLIENT = "client-1";
const ADA = "00000000-0000-4000-8000-00000000000a" as UserId;
const GRACE = "00000000-0000-4000-8000-00000000000b" as UserId;
const outputs = parseOutputs(
  JSON.stringify({
    auth: { user_pool_id: "us-east-1_x", user_pool_client_id: CLIENT },
    custom: { chat: { socketUrl: "wss://chat.example.org/chat" } },
  }),
);

const tokenOf = (user: UserId) => `h.${Buffer.from(JSON.stringify({ sub: user })).toString("base64url")}.s`;

function signedIn(user: UserId) {
  const storage = browserStorage({});
  const signIn = (next: UserId) => {
    storage.setItem(lastUserKey(CLIENT), next);
    storage.setItem(`CognitoIdentityServiceProvider.${CLIENT}.${next}.accessToken`, tokenOf(next));
  };
  signIn(user);
  const page = new EventTarget();
  const changed = vi.fn();
  const stop = watchSession(outputs, user, changed, { page, storage: () => storage });
  return { page, storage, signIn, changed, stop };
}

const stored = (key: string) => Object.assign(new Event("storage"), { key });

describe("the session of this tab", () => {
  it("goes on while the same person is signed in", () => {
    const { page, changed } = signedIn(ADA);
    page.dispatchEvent(stored(lastUserKey(CLIENT)));
    page.dispatchEvent(stored("something else"));
    page.dispatchEvent(new Event("pageshow"));

    expect(changed).not.toHaveBeenCalled();
  });

  it("has ended when another tab signs out", () => {
    const { page, storage, changed } = signedIn(ADA);
    storage.removeItem(lastUserKey(CLIENT));
    page.dispatchEvent(stored(lastUserKey(CLIENT)));

    expect(changed).toHaveBeenCalledExactlyOnceWith(undefined);
  });

  it("has ended when somebody else is signed in", () => {
    const { page, signIn, changed } = signedIn(ADA);
    signIn(GRACE);
    page.dispatchEvent(stored(lastUserKey(CLIENT)));

    expect(changed).toHaveBeenCalledExactlyOnceWith(GRACE);
  });

  it.each(["pageshow", "resume"])(
    "is looked at again at %s: a page that slept was told of nothing",
    (event) => {
      const { page, storage, changed } = signedIn(ADA);
      storage.removeItem(lastUserKey(CLIENT));
      page.dispatchEvent(new Event(event));

      expect(changed).toHaveBeenCalledOnce();
    },
  );

  it("is of no more interest once it is left", () => {
    const { page, storage, changed, stop } = signedIn(ADA);
    stop();
    storage.removeItem(lastUserKey(CLIENT));
    for (const event of [stored(lastUserKey(CLIENT)), new Event("pageshow")]) page.dispatchEvent(event);

    expect(changed).not.toHaveBeenCalled();
  });
});
