export const INVARIANTS = {
  I1: "Durable",
  I2: "Unique",
  I3: "Dense",
  I4: "Same order",
  I5: "Sender order",
  I6: "Cause",
  I7: "Watermarks",
  I8: "Secrecy",
  I9: "Authentic",
  I10: "Converges",
  I11: "No poison",
  I12: "Rows",
  I13: "Ephemeral",
  I14: "One answer",
} as const;
export type Invariant = keyof typeof INVARIANTS;
export const INVARIANT_NAMES = Object.keys(INVARIANTS) as readonly Invariant[];

/** `event` is the offending one's place in the history, from 0; the end of the history for what is judged last. */
export type Offence = { readonly event: number; readonly why: string };

export type Finding = {
  readonly checked: number;
  readonly broken: number;
  /** The first of them. */
  readonly offences: readonly Offence[];
};

export type Verdict = Readonly<Record<Invariant, Finding>>;

export const isGreen = (verdict: Verdict): boolean =>
  INVARIANT_NAMES.every((name) => verdict[name].broken === 0);

export const brokenIn = (verdict: Verdict): readonly Invariant[] =>
  INVARIANT_NAMES.filter((name) => verdict[name].broken > 0);

export const NOTHING_FOUND: Finding = { checked: 0, broken: 0, offences: [] };

/** Counts of several runs. */
export function verdictOf(finding: (name: Invariant) => Finding): Verdict {
  // Every name is there: INVARIANT_NAMES are the keys of INVARIANTS.
  return Object.fromEntries(INVARIANT_NAMES.map((name) => [name, finding(name)])) as Verdict;
}

export const added = (one: Verdict, other: Verdict): Verdict =>
  verdictOf((name) => ({
    checked: one[name].checked + other[name].checked,
    broken: one[name].broken + other[name].broken,
    offences: [...one[name].offences, ...other[name].offences].slice(0, OFFENCES_KEPT),
  }));

/** As many as one reads. */
export const OFFENCES_KEPT = 5;
