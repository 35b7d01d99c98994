import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkify } from "./linkify";

const links = (text: string) => linkify(text).filter((part) => part.is === "link");

describe("links in a text", () => {
  it.each([
    ["https://example.org", "https://example.org/"],
    ["http://localhost:3000/chat/ada?x=1#y", "http://localhost:3000/chat/ada?x=1#y"],
    ["www.example.org/a", "https://www.example.org/a"],
    ["ada@example.org", "mailto:ada@example.org"],
    ["mailto:ada@example.org", "mailto:ada@example.org"],
    ["HTTPS://EXAMPLE.ORG/A", "https://example.org/A"],
    ["https://ar.wikipedia.org/wiki/سلام", "https://ar.wikipedia.org/wiki/%D8%B3%D9%84%D8%A7%D9%85"],
  ])("%s is one", (text, href) => {
    expect(linkify(text)).toEqual([{ is: "link", text, href }]);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,hello",
    "file:///etc/passwd",
    "vbscript:x",
    "xhttps://example.org",
    "https://",
    "www.",
    "a@b",
    "3.14 and e.g. this",
  ])("%s has none", (text) => {
    expect(links(text)).toEqual([]);
  });

  it("leaves the sentence its own marks", () => {
    expect(links("see (https://example.org/a_(b)).")).toMatchObject([{ text: "https://example.org/a_(b)" }]);
    expect(links("https://example.org, and https://example.com!")).toMatchObject([
      { text: "https://example.org" },
      { text: "https://example.com" },
    ]);
  });

  it("never lose or change a character, and only ever lead to safe protocols", () => {
    const pieces = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("https://", "www.", "javascript:", "ada@example.org", ")", ".", " ", "http://a.b/c"),
    );
    fc.assert(
      fc.property(fc.array(pieces), (texts) => {
        const text = texts.join("");
        const parts = linkify(text);

        expect(parts.map((part) => part.text).join("")).toBe(text);
        for (const part of parts) if (part.is === "link") expect(part.href).toMatch(/^(https?|mailto):/);
      }),
    );
  });

  it("takes a long hostile text in good time", () => {
    // Of this process's own processor time: a busy machine takes longer by the wall.
    const before = process.cpuUsage();
    linkify("a@".repeat(4_000));
    linkify("(".repeat(4_000) + "https://a" + ")".repeat(3_900));
    linkify("a.".repeat(4_000) + "@");

    expect(process.cpuUsage(before).user).toBeLessThan(500_000);
  });
});
