import type { Handle, UserId } from "./ids";

/** What others see of a person. */
export type Person = { readonly user: UserId; readonly name: string; readonly handle: Handle };

export type Presence = { readonly is: "online" } | { readonly is: "offline"; readonly lastSeenAt?: number };
