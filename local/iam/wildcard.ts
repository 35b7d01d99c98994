// Patterns of policies: "*" stands for any run of characters, "/" and ":" included, "?" for exactly one.

export type Matches = (text: string) => boolean;

/** Compiled once, since every call of every function is held against them. */
export function wildcard(pattern: string): Matches {
  if (pattern === "*") return () => true;
  const star = pattern.indexOf("*");
  if (pattern.includes("?") || (star !== -1 && star < pattern.length - 1))
    return (text) => spread(pattern, text);
  if (star === -1) return (text) => text === pattern;
  const front = pattern.slice(0, -1);
  return (text) => text.startsWith(front);
}

/** IAM compares the names of actions without case. */
export function wildcardWithoutCase(pattern: string): Matches {
  const matches = wildcard(pattern.toLowerCase());
  return (text) => matches(text.toLowerCase());
}

/**
 * Goes back to the last star only, so it takes at most pattern × text steps; a regular expression with many stars
 * may take for ever.
 */
function spread(pattern: string, text: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let tried = 0;
  while (at < text.length) {
    const wanted = pattern[place];
    // The star is looked at first: a text may hold one too.
    if (wanted === "*") {
      star = place++;
      tried = at;
    } else if (wanted !== undefined && (wanted === "?" || wanted === text[at])) {
      at++;
      place++;
    } else if (star !== -1) {
      place = star + 1;
      at = ++tried;
    } else return false;
  }
  while (pattern[place] === "*") place++;
  return place === pattern.length;
}
