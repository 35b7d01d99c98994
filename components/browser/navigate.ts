// Screens of the app change without asking the server, so that they do on a plane too: Next follows the
// browser's own history. A link of Next's would fetch the other page's (empty) payload first, and offline it
// would leave the app for the browser's error page.

"use client";

import { usePathname } from "next/navigation";

let hasNavigated = false;

/** Whether the screen is still the one that the page was loaded with. */
export const isFirstScreen = (): boolean => !hasNavigated;

export function navigate(path: string, { replace = false } = {}): void {
  if (path === window.location.pathname) return;
  hasNavigated = true;
  if (replace) window.history.replaceState(null, "", path);
  else window.history.pushState(null, "", path);
}

export const usePath = usePathname;
