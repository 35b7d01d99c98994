import { describe, expect, it } from "vitest";
import { pathWithin } from "./sign-in-page";

describe("where a seat goes on to", () => {
  it.each([
    ["/chat/grace?a=1#b", "/chat/grace?a=1#b"],
    ["chat/grace", "/chat/grace"],
    ["https://example.com/", "/"],
    ["//example.com/", "/"],
    ["/\\\\example.com", "/"],
    ["javascript:alert(1)", "/"],
    ["/</script>", "/%3C/script%3E"],
    [null, "/"],
  ])("is a path of its own origin: %s", (to, path) => {
    expect(pathWithin(to)).toBe(path);
  });
});
