export type Spread = { readonly median: number; readonly least: number; readonly most: number };

const ascending = (one: number, other: number) => one - other;

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort(ascending);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort(ascending);
  const half = Math.floor(sorted.length / 2);
  const middle = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return {
    median: ((middle[0] ?? Number.NaN) + (middle[1] ?? Number.NaN)) / 2,
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  };
}
