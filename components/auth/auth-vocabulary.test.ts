import { describe, expect, it } from "vitest";
import { authVocabulary, passwordRules } from "./auth-vocabulary";

const LENIENT = {
  minLength: 12,
  requireLowercase: false,
  requireUppercase: false,
  requireNumbers: false,
  requireSpecialCharacters: false,
};

describe("the words of the sign-in form", () => {
  it("are written like sentences: no word in the middle begins with a capital letter", () => {
    for (const words of Object.values(authVocabulary(LENIENT)))
      for (const sentence of words.split(/(?<=[.:?!…]) /)) expect(sentence.slice(1)).not.toMatch(/ [A-Z]/);
  });

  it("name the pool's own shortest length where Amplify does", () => {
    expect(authVocabulary(LENIENT)["Password must have at least 12 characters"]).toContain("at least 12");
  });

  it("say what a password needs before it is written", () => {
    expect(passwordRules(LENIENT)).toBe("At least 12 characters.");
    expect(passwordRules({ ...LENIENT, requireNumbers: true, requireUppercase: true })).toBe(
      "At least 12 characters, with a capital letter and a digit.",
    );
  });
});
