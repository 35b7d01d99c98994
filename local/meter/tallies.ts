// Sums by what tells them apart: ("send", "Log") → 3 calls, 3 units.

export type Tallies<Key, Sums> = {
  add(key: Key, more: Sums): void;
  list(): readonly (Key & Sums)[];
  clear(): void;
};

/** The properties of a key are always given in the same order, so its JSON is its name. */
export function createTallies<
  Key extends Readonly<Record<string, string | number | undefined>>,
  Sums extends Readonly<Record<string, number>>,
>(plus: (sums: Sums, more: Sums) => Sums): Tallies<Key, Sums> {
  const tallies = new Map<string, { readonly key: Key; sums: Sums }>();
  return {
    add: (key, more) => {
      const name = JSON.stringify(key);
      const tally = tallies.get(name);
      if (tally) tally.sums = plus(tally.sums, more);
      else tallies.set(name, { key, sums: more });
    },
    list: () => [...tallies.values()].map(({ key, sums }) => ({ ...key, ...sums })),
    clear: () => tallies.clear(),
  };
}
