// A view's entries change at one end, or a few of them in the middle: the history holds what changed.

export type Splice<T> = { readonly from: number; readonly cut: number; readonly entries: readonly T[] };

/** Entries that look as before are the same objects. */
export function spliceOf<T>(before: readonly T[], now: readonly T[]): Splice<T> {
  let from = 0;
  while (from < before.length && from < now.length && before[from] === now[from]) from += 1;
  let same = 0;
  const most = Math.min(before.length, now.length) - from;
  while (same < most && before[before.length - 1 - same] === now[now.length - 1 - same]) same += 1;
  return { from, cut: before.length - same - from, entries: now.slice(from, now.length - same) };
}

export const spliced = <T>(before: readonly T[], { from, cut, entries }: Splice<T>): readonly T[] => [
  ...before.slice(0, from),
  ...entries,
  ...before.slice(from + cut),
];
