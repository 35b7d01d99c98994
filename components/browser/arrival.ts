// When the screen changes, the focus goes to the new one: to its field where there is a keyboard, else to its
// heading, which a screen reader then says. Given to React as a ref, so it happens when the element appears.

"use client";

import { isFirstScreen } from "./navigate";

/** For a heading. Not on the first screen: the page itself is read out then. */
export function arriveAt(heading: HTMLElement | null): void {
  if (!isFirstScreen()) heading?.focus({ preventScroll: true });
}

/** For the field that one came to write in. */
export function arriveToWrite(field: HTMLElement | null): void {
  if (hasKeyboard()) field?.focus({ preventScroll: true });
}

/** A phone's keyboard is on the screen: it would cover what one came to read, and its Enter makes a new line. */
export const hasKeyboard = (): boolean => !window.matchMedia("(hover: none) and (pointer: coarse)").matches;
