import { describe, expect, it } from "vitest";
import { nextPath, signInPath } from "./next-path";

const ORIGIN = "https://chat.example.org";

describe("where to go after signing in", () => {
  it("is the page that was asked for", () => {
    const asked = new URL(signInPath("/chat/ada?x=1"), ORIGIN).searchParams.get("next");

    expect(nextPath(asked, ORIGIN)).toBe("/chat/ada?x=1");
  });

  it.each([
    null,
    "",
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/sign-in?next=/sign-in",
    "/.//evil.example",
  ])("is the list when %j was asked for", (asked) => {
    expect(nextPath(asked, ORIGIN)).toBe("/chat");
  });
});
