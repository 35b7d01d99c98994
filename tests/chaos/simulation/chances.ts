import type { Random } from "../../../core/domain/ports/clock";
import { below, seededRandom } from "../../../core/testing/seeded-random";

/** Chances of their own for each thing that takes any: what one of them draws moves none of the others. */
export const chancesOf = (seed: number, name: string): Random => seededRandom(hashed(`${seed} ${name}`));

export function oneOf<T>(random: Random, among: readonly T[]): T {
  const one = among[below(random, among.length)];
  if (one === undefined) throw new RangeError("unable to choose; there is nothing to choose from");
  return one;
}

/** From `least` up to, not including, `most`. */
export const between = (random: Random, least: number, most: number): number =>
  least + below(random, most - least);

/** FNV-1a. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
