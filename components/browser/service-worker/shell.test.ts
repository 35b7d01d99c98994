import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  BUILD_HEADER,
  cacheOf,
  cachesToRemove,
  chunksIn,
  isKeepable,
  isPageOf,
  isServed,
  routeOf,
  SHELL_PAGES,
} from "./shell";

const OWN = "https://chat.example.com";

const asked = (
  path: string,
  {
    method = "GET",
    mode = "cors",
    headers = {},
  }: Partial<Pick<Request, "method" | "mode">> & { headers?: HeadersInit | undefined } = {},
) => ({ method, mode, url: new URL(path, OWN).href, headers: new Headers(headers) });

const page = (path: string) => routeOf(asked(path, { mode: "navigate" }), OWN);
const file = (path: string, headers?: HeadersInit) => routeOf(asked(path, { headers }), OWN);

const answer = (change: Partial<Pick<Response, "status" | "type" | "redirected">> = {}, build?: string) => ({
  status: 200,
  type: "basic" as const,
  redirected: false,
  headers: new Headers(build === undefined ? {} : { [BUILD_HEADER]: build }),
  ...change,
});

describe("a page that is opened", () => {
  it.each([
    ["/", "/"],
    ["/chat", "/chat"],
    ["/chat/", "/chat"],
    ["/chat/ada", "/chat"],
    ["/chat/%ff", "/chat"],
    ["/settings", "/settings"],
    ["/sign-in?next=%2Fchat%2Fada", "/sign-in"],
  ])("%s is the kept page %s", (path, kept) => {
    expect(page(path)).toEqual({ is: "page", page: kept });
  });

  it.each(["/chat/ada/more", "/nowhere", "/sw.js", "/api/chat"])("%s is left to the browser", (path) => {
    expect(page(path)).toEqual({ is: "untouched" });
  });

  it("of another origin, or sent with a form, is left to the browser", () => {
    expect(page("https://elsewhere.example.com/chat")).toEqual({ is: "untouched" });
    expect(routeOf(asked("/chat", { mode: "navigate", method: "POST" }), OWN)).toEqual({ is: "untouched" });
  });

  it("has a place among the kept pages for each page of the app", () => {
    const found = readdirSync("app", { recursive: true, encoding: "utf8" })
      .filter((path) => /(^|\/)page\.tsx$/.test(path))
      .map((path) => `/${path.replace(/\([^)]*\)\//g, "").replace(/\/?page\.tsx$/, "")}`);
    expect(found.sort()).toEqual([...SHELL_PAGES].sort());
  });
});

describe("a file that a page loads", () => {
  it("below /_next/static is served from the cache", () => {
    expect(file("/_next/static/chunks/a1.js")).toEqual({ is: "chunk" });
    expect(file("/_next/static/media/figtree.woff2")).toEqual({ is: "chunk" });
  });

  it.each([
    ["with a query", "/_next/static/chunks/a1.js?token=1", undefined],
    ["with a token", "/_next/static/chunks/a1.js", { authorization: "Bearer 1" }],
    ["of Next's data", "/chat?_rsc=1x", { rsc: "1" }],
    ["of another origin", "https://cdn.example.com/_next/static/chunks/a1.js", undefined],
    ["anywhere else", "/icons/parley-192.png", undefined],
  ])("%s is left to the browser", (_, path, headers) => {
    expect(file(path, headers)).toEqual({ is: "untouched" });
  });
});

describe("what is kept", () => {
  it("is a whole answer of the app's own origin", () => {
    expect(isKeepable(answer())).toBe(true);
    expect(isKeepable(answer({ status: 404 }))).toBe(false);
    expect(isKeepable(answer({ status: 206 }))).toBe(false);
    expect(isKeepable(answer({ type: "opaque" }))).toBe(false);
    expect(isKeepable(answer({ redirected: true }))).toBe(false);
  });

  it("is a page of the worker's own build only", () => {
    expect(isPageOf("n", answer({}, "n"))).toBe(true);
    expect(isPageOf("n", answer({}, "n+1"))).toBe(false);
    expect(isPageOf("n", answer({ status: 500 }, "n"))).toBe(false);
  });

  it("is a page that a proxy has stripped of its build, too", () => {
    expect(isPageOf("n", answer())).toBe(true);
  });

  it("comes before the answer of a server that fails", () => {
    expect([200, 308, 404, 500, 503].map((status) => isServed({ status }))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it("are the static files that a page names, each once", () => {
    const html = String.raw`<script src="/_next/static/chunks/0~a.b-c_1.js"></script>
      <link href="/_next/static/chunks/x.css"><link href='/_next/static/media/f-s.p.woff2'>
      <script>push("I[1,[\"/_next/static/chunks/x.css\",\"/_next/static/chunks/late.js\"]]")</script>
      <img src="/icons/parley.svg"><a href="https://elsewhere.example.com/other.js">`;
    expect(chunksIn(html)).toEqual([
      "/_next/static/chunks/0~a.b-c_1.js",
      "/_next/static/chunks/x.css",
      "/_next/static/media/f-s.p.woff2",
      "/_next/static/chunks/late.js",
    ]);
  });
});

describe("the caches of older builds", () => {
  const [first, second, own] = [cacheOf("1"), cacheOf("2"), cacheOf("3")];

  it("go, but for the last one, which open tabs may still run", () => {
    expect(cachesToRemove([first, second, own], own)).toEqual([first]);
    expect(cachesToRemove([second, own], own)).toEqual([]);
    expect(cachesToRemove([own], own)).toEqual([]);
  });

  it("go only where they are the worker's: others of this origin stay", () => {
    expect(cachesToRemove(["images", first, second, own], own)).toEqual([first]);
  });
});
