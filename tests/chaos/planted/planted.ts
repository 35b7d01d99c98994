// The bugs that the checker is tried on: each puts one wrong piece in the place of one of the product's, and nothing
// else. A zero in the report counts only because each of these turns a run red.

import type { Invariant } from "../checker/verdict";
import type { Pieces } from "../simulation/pieces";
import { PRODUCT } from "../simulation/pieces";
import { LINE_BUGS } from "./line";
import { LOG_BUGS } from "./log";
import { SEND_BUGS } from "./send";
import { TABLE_BUGS } from "./tables";

export type Plant = () => Partial<Pieces>;
export type Bug = {
  readonly what: string;
  /** Any of these catches it; another one that breaks with it does not. */
  readonly breaks: readonly Invariant[];
  /** Where the usual number is too few to meet it, or more than it can bear. */
  readonly messages?: number;
  /** Where it was met last; others are looked at after this one. */
  readonly seed?: number;
  readonly plant: Plant;
};

export const BUG_NAMES = [
  ...(["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10"] as const),
  ...(["B11", "B12", "B13", "B14", "B15", "B16", "B17", "B18", "B19", "B20"] as const),
] as const;
export type BugName = (typeof BUG_NAMES)[number];

export const BUGS: Readonly<Record<BugName, Bug>> = {
  ...SEND_BUGS,
  ...LOG_BUGS,
  ...TABLE_BUGS,
  ...LINE_BUGS,
};

export const planted = (name: BugName) => ({
  name,
  pieces: (): Pieces => ({ ...PRODUCT, ...BUGS[name].plant() }),
});

export const isBugName = (text: string): text is BugName => BUG_NAMES.some((name) => name === text);
