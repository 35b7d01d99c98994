import { describe, expect, it } from "vitest";
import { isAllowed, originsOf } from "./origins";

const sandbox = originsOf({ is: "sandbox" }, "");

describe("the pages that may open a socket", () => {
  it.each(["http://localhost:3000", "http://ada.localhost:3001", "HTTP://LOCALHOST:3000"])(
    "are this machine's in a sandbox: %s",
    (origin) => expect(isAllowed(origin, sandbox)).toBe(true),
  );

  it.each([
    "https://evil.example",
    "http://localhost.evil.example:3000",
    "http://evil.example/http://localhost:3000",
    "http://localhost:3000.evil.example",
    "http://a.b.localhost:3000",
    "https://localhost:3000",
    "http://localhost",
    "null",
    "",
  ])("are nobody else's in a sandbox: %s", (origin) => expect(isAllowed(origin, sandbox)).toBe(false));

  it("are the branch's own in a branch deployment, under the name that Amplify Hosting gives it", () => {
    const allowed = originsOf({ is: "branch", appId: "d1a2b3", branch: "feature/Ticks_2" }, "");

    expect(isAllowed("https://feature-ticks-2.d1a2b3.amplifyapp.com", allowed)).toBe(true);
    expect(isAllowed("https://main.d1a2b3.amplifyapp.com", allowed)).toBe(false);
    expect(isAllowed("https://feature-ticks-2.other.amplifyapp.com", allowed)).toBe(false);
    expect(isAllowed("http://localhost:3000", allowed)).toBe(false);
  });

  it("are those that were added when the backend was synthesized", () => {
    const allowed = originsOf({ is: "standalone" }, " https://chat.example.com, https://*.example.org ");

    expect(isAllowed("https://chat.example.com", allowed)).toBe(true);
    expect(isAllowed("https://team.example.org", allowed)).toBe(true);
    expect(isAllowed("https://chatXexample.com", allowed)).toBe(false);
  });

  it("need not be a page: terminals have no origin", () => {
    expect(isAllowed(undefined, sandbox)).toBe(true);
    expect(isAllowed(undefined, "")).toBe(true);
  });
});
