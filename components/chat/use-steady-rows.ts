"use client";

// The virtual list keeps its place when rows are put in front, and when rows are added at the end, but not when both
// happen at once, because the list only counts rows. So the rows at the end are drawn first.

import { useLayoutEffect, useState } from "react";
import type { TimelineRow } from "./timeline-rows";

type Steady = {
  readonly rows: readonly TimelineRow[];
  /** Rows were put in front of the rows that were drawn before. */
  readonly shift: boolean;
};

export function useSteadyRows(wanted: readonly TimelineRow[]): Steady {
  const [steady, setSteady] = useState<Steady & { readonly of: typeof wanted }>({
    rows: wanted,
    shift: false,
    of: wanted,
  });
  const next = steady.of === wanted ? steady : { ...stepTo(steady.rows, wanted), of: wanted };
  if (next !== steady) setSteady(next);

  const isPartial = next.rows !== wanted;
  useLayoutEffect(() => {
    if (isPartial) setSteady({ rows: wanted, shift: true, of: wanted });
  }, [isPartial, wanted]);
  return next;
}

/** The next rows to draw on the way to `wanted`. */
export function stepTo(drawn: readonly TimelineRow[], wanted: readonly TimelineRow[]): Steady {
  const first = drawn[0]?.key;
  const inFront = first === undefined ? -1 : wanted.findIndex(({ key }) => key === first);
  if (inFront <= 0) return { rows: wanted, shift: false };
  if (wanted.length === inFront + drawn.length) return { rows: wanted, shift: true };
  return { rows: wanted.slice(inFront), shift: false };
}
