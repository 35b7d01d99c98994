import { describe, expect, it } from "vitest";
import { authSentence } from "./auth-sentences";

const named = (name: string, message = "an answer of the user pool") =>
  Object.assign(new Error(message), { name });

describe("an answer of the user pool", () => {
  it("does not tell whether an address has an account", () => {
    expect(authSentence(named("UserNotFoundException"))).toBe(authSentence(named("NotAuthorizedException")));
  });

  it("tells a person who is locked out for a while to wait", () => {
    expect(authSentence(named("NotAuthorizedException", "Password attempts exceeded"))).toMatch(
      /Wait a few minutes/,
    );
  });

  it.each(["CodeMismatchException", "NetworkError", "UsernameExistsException", "SomethingNewException"])(
    "%s is told as a sentence, never in the pool's own words",
    (name) => {
      expect(authSentence(named(name))).toMatch(/^[A-Z].+\.$/);
      expect(authSentence(named(name))).not.toContain("an answer of the user pool");
    },
  );
});
