// What a frame said where a route is selected, as a cause for the meter: more telling than `$default`. The words are the
// client's, and a meter keeps a sum for each: so many of them, of letters that a table can show, and no more.

/** More than any API of ours has actions, and few enough to read. */
const MOST = 64;
const LONGEST = 32;

/** The word, while it is one of the first; else what is said instead. */
export type Causes = (word: string | undefined, instead: string) => string;

export function createCauses(): Causes {
  const known = new Set<string>();
  return (word, instead) => {
    if (word === undefined || word.length > LONGEST || !/^[\w.-]+$/.test(word)) return instead;
    if (known.has(word)) return word;
    if (known.size >= MOST) return instead;
    known.add(word);
    return word;
  };
}
