// The rules of the service worker: requests to answer, responses to keep, caches to remove. The rules hold no state and
// touch no browser, so a test needs neither. worker.ts carries the rules out.
//
// The cache of each build holds
//
//   /chat, /settings, …         the app's pages, stored when the worker of that build is installed
//   /_next/static/chunks/….js   the files that those pages name, and the files that they load later

/** Every page of the app. Each is prerendered, so one file serves everybody. */
export const SHELL_PAGES = ["/", "/chat", "/settings", "/sign-in"] as const;
export type ShellPage = (typeof SHELL_PAGES)[number];

/** How long the network may take for a page before the cache answers. */
export const PAGE_LIMIT_MS = 3_000;

/** next.config.js sends it with each page: a worker keeps pages of its own build only. */
export const BUILD_HEADER = "x-parley-build";

const CACHE_PREFIX = "parley.shell.";
const STATIC_PREFIX = "/_next/static/";

export const cacheOf = (build: string): string => `${CACHE_PREFIX}${build}`;
export const isOurCache = (name: string): boolean => name.startsWith(CACHE_PREFIX);

/** The messages of a page to a worker. The worker answers "which" with a `ShellVersion`, on the port sent along. */
export type ToWorker = { readonly is: "which" | "activate" };

/** `protocol`: the version of the frames that the app of that build sends (core/protocol/version.ts). */
export type ShellVersion = { readonly build: string; readonly protocol: number };

export type Route =
  { readonly is: "untouched" } | { readonly is: "page"; readonly page: ShellPage } | { readonly is: "chunk" };

type Asked = Pick<Request, "method" | "url" | "mode" | "headers">;

/**
 * A page may have a query (`/sign-in?next=…`): offline the answer is the page that was stored without a query. The
 * browser handles every other request with a query, with a token or of another origin, and Next's data requests.
 */
export function routeOf({ method, url, mode, headers }: Asked, ownOrigin: string): Route {
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== ownOrigin) return { is: "untouched" };
  if (headers.has("authorization") || headers.has("rsc")) return { is: "untouched" };
  if (mode === "navigate") {
    const page = pageOf(pathname);
    return page ? { is: "page", page } : { is: "untouched" };
  }
  return pathname.startsWith(STATIC_PREFIX) && search === "" ? { is: "chunk" } : { is: "untouched" };
}

function pageOf(pathname: string): ShellPage | undefined {
  const path = pathname === "/" ? pathname : pathname.replace(/\/$/, "");
  // As next.config.js rewrites it.
  const asked = /^\/chat\/[^/]+$/.test(path) ? "/chat" : path;
  return SHELL_PAGES.find((page) => page === asked);
}

type Answer = Pick<Response, "status" | "type" | "redirected" | "headers">;

/** `basic` is the type of a response of the worker's own origin. */
export const isKeepable = ({ status, type, redirected }: Answer): boolean =>
  status === 200 && type === "basic" && !redirected;

/** While a release goes out, the worker of one build may be handed the pages of another. */
export function isPageOf(build: string, answer: Answer): boolean {
  const theirs = answer.headers.get(BUILD_HEADER);
  return isKeepable(answer) && (theirs === null || theirs === build);
}

/** A failing server counts as no server where the cache has the page. */
export const isServed = ({ status }: Pick<Response, "status">): boolean => status < 500;

/** The static files that a page or a header names. */
export const chunksIn = (text: string): readonly string[] => [
  ...new Set(text.match(/\/_next\/static\/[\w./~-]+\.(?:js|css|woff2)/g) ?? []),
];

/**
 * The cache of the build before is kept for the tabs that still run it, whose server may hold their chunks no more.
 * The browser names caches in the order in which they were made.
 */
export function cachesToRemove(names: readonly string[], own: string): readonly string[] {
  const others = names.filter((name) => isOurCache(name) && name !== own);
  return others.slice(0, -1);
}
