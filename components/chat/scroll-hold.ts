// What the list of messages holds on to while rows are added, measured and removed.
//
//   line   the line above the first unread message: while the conversation opens, and while the page is hidden
//   end    the newest message, at any rate of messages
//   free   the place to which the person has scrolled, which the list keeps
//
// Only a person lets go of the end. A distance from the end is no sign of a person: rows can come in faster than the
// list measures rows.

export type Hold = "line" | "end" | "free";

/** Closer to the end than this is at the end: half a line, and fractions of pixels. */
export const AT_END_PX = 32;

export type Measures = {
  readonly offsetPx: number;
  readonly sizePx: number;
  readonly windowPx: number;
};

export const fromEndPx = ({ offsetPx, sizePx, windowPx }: Measures): number => sizePx - windowPx - offsetPx;

export const isAtEnd = (measures: Measures): boolean => fromEndPx(measures) <= AT_END_PX;

export type Scrolled = {
  readonly before: Measures;
  readonly now: Measures;
  /** A person has just scrolled up, or in any direction. */
  readonly byPerson: { readonly up: boolean; readonly any: boolean };
};

export function holdAfterScroll(hold: Hold, scrolled: Scrolled): Hold {
  const { now, byPerson } = scrolled;
  switch (hold) {
    case "line":
      if (!byPerson.any) return "line";
      return isAtEnd(now) ? "end" : "free";
    case "end":
      return !isAtEnd(now) && (byPerson.up || isMovedUp(scrolled)) ? "free" : "end";
    case "free":
      return isAtEnd(now) ? "end" : "free";
    default:
      return hold satisfies never;
  }
}

/** The browser's search and screen readers scroll up without input to the page. A changed layout changes a size. */
const isMovedUp = ({ before, now }: Scrolled): boolean =>
  now.sizePx === before.sizePx &&
  now.windowPx === before.windowPx &&
  before.offsetPx - now.offsetPx > AT_END_PX;
