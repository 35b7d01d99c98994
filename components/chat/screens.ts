// Which screen an address shows.

import { isHandle, type Handle } from "../../core/domain/ids";

export type Screen =
  | { readonly is: "list" }
  | { readonly is: "conversation"; readonly handle: Handle }
  | { readonly is: "settings" }
  | { readonly is: "nowhere" };

export function screenOf(path: string): Screen {
  const [first, second, ...rest] = path.split("/").filter(Boolean);
  if (rest.length > 0) return { is: "nowhere" };
  if (first === "settings" && second === undefined) return { is: "settings" };
  if (first !== "chat") return { is: "nowhere" };
  if (second === undefined) return { is: "list" };
  const handle = decoded(second).toLowerCase();
  return isHandle(handle) ? { is: "conversation", handle } : { is: "nowhere" };
}

export const LIST_PATH = "/chat";
export const SETTINGS_PATH = "/settings";
export const pathOf = (handle: Handle): string => `/chat/${handle}`;

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
