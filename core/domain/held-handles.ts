// A person who changes a handle holds the old handle for 90 days. Links and bookmarks still lead to the person, and
// nobody else can pose as the person. The list stands in the person's own profile, the newest handle first:
//
//   [{ handle: "grace", freeAt: 1775001600000 }, { handle: "g-hopper", freeAt: 1774915200000 }]

import type { Handle } from "./ids";
import { HANDLE_HELD_MS, HELD_HANDLES } from "./limits";
import type { Person } from "./person";

/** From `freeAt` on anybody may claim the handle. */
export type HeldHandle = { readonly handle: Handle; readonly freeAt: number };

/** A person with their held handles. */
export type Holder = { readonly person: Person; readonly held: readonly HeldHandle[] };

/** `letGo`: free at once, although their time is not over. */
export type HeldNext = { readonly held: readonly HeldHandle[]; readonly letGo: readonly Handle[] };

/** The held handles after a change to `next`. */
export function heldAfter({ person, held }: Holder, next: Handle, now: number): HeldNext {
  const given = person.handle === next ? [] : [{ handle: person.handle, freeAt: now + HANDLE_HELD_MS }];
  const all = [...given, ...held.filter(({ handle, freeAt }) => handle !== next && freeAt > now)];
  return {
    held: all.slice(0, HELD_HANDLES),
    letGo: all.slice(HELD_HANDLES).map(({ handle }) => handle),
  };
}

/** Whether the handle is the person's present one or a held one whose time is not over. */
export const isOwnedBy = ({ person, held }: Holder, handle: Handle, now: number): boolean =>
  person.handle === handle || held.some((one) => one.handle === handle && one.freeAt > now);
