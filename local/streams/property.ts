// Numbers and flags of a template's properties. CloudFormation takes both as text too.

export type Where = { readonly value: unknown; readonly name: string };

export function countIn(
  { value, name }: Where,
  otherwise: number,
  [least, most]: readonly [number, number],
): number {
  if (value === undefined) return otherwise;
  const read = typeof value === "string" || typeof value === "number" ? Number(value) : NaN;
  if (!Number.isInteger(read) || read < least || read > most)
    throw new Error(`unable to read ${name}; it is ${String(value)} and must be from ${least} to ${most}`);
  return read;
}

/** -1 is without end, and so is saying nothing. */
export const limitIn = (where: Where, range: readonly [number, number]): number =>
  Number(where.value ?? -1) === -1 ? Infinity : countIn(where, 0, range);

export const flagIn = (value: unknown, otherwise: boolean): boolean =>
  value === undefined ? otherwise : value === true || value === "true";
