// Resources that end in an id of which there is no end: a connection, a log stream. Rulings and reports keep such a
// resource by what stands before the id, as long as no policy looks at the id itself.

import type { Statement } from "./statement";

type Kind = {
  readonly before: string;
  /** What an id is never made of. A pattern that ends in one of these and a star takes every id. */
  readonly foreign: RegExp;
};

const KINDS: readonly Kind[] = [
  // arn:aws:execute-api:us-east-1:000000000000:abc123/chat/POST/@connections/L0SM9cOFvHcCIhw=
  { before: "/@connections/", foreign: /[^\w=?*-]/ },
  // arn:aws:logs:us-east-1:000000000000:log-group:Frames:log-stream:2026/01/31/[$LATEST]0123…
  { before: ":log-stream:", foreign: /:/ },
];

export type Numbered = { readonly front: string; readonly foreign: RegExp };

/** Undefined of a resource that ends in no id. */
export function numbered(resource: string): Numbered | undefined {
  for (const { before, foreign } of KINDS) {
    const at = resource.indexOf(before);
    if (at !== -1) return { front: resource.slice(0, at + before.length), foreign };
  }
  return undefined;
}

/** Whether two ids behind the same front may be told apart by one of the statements. */
export function looksAtIds(statements: readonly Statement[], { front, foreign }: Numbered): boolean {
  return statements.some(({ resourcePatterns }) =>
    resourcePatterns.some((pattern) => {
      const wild = pattern.search(/[*?]/);
      const literal = wild === -1 ? pattern : pattern.slice(0, wild);
      if (literal.length > front.length) return literal.startsWith(front);
      if (!front.startsWith(literal) || wild === -1) return false;
      if (pattern.length === wild + 1 && pattern.endsWith("*")) return false;
      return !(pattern.endsWith("*") && foreign.test(pattern.at(-2) ?? ""));
    }),
  );
}
