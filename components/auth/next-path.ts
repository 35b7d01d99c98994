// Where to go after signing in. The address bar can say anything, so only a path of this very app is taken.

const FALLBACK = "/chat";

export const signInPath = (next: string): string => `/sign-in?next=${encodeURIComponent(next)}`;

/** "/chat/ada" as it is; "//evil.example", "/\evil.example" and "javascript:…" are not ours: to the list. */
export function nextPath(asked: string | null, origin: string): string {
  if (!asked?.startsWith("/") || !URL.canParse(asked, origin)) return FALLBACK;
  const url = new URL(asked, origin);
  const isOurs = url.origin === origin && !url.pathname.startsWith("//");
  return isOurs && !url.pathname.startsWith("/sign-in") ? `${url.pathname}${url.search}` : FALLBACK;
}
