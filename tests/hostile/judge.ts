// What is compared, and what is searched for.

import type { Cell } from "./cells";

/**
 * The text with what the askers named replaced by where they named it. Of all frames of a cell in the text of each:
 * what is named may stand there for another reason too, and then it stands in all.
 */
export function withoutSaid(text: string, { foreign, ghost, ghostAgain }: Cell): string {
  const said = [...foreign.said, ...ghost.said, ...ghostAgain.said];
  const longestFirst = said.sort(([, one], [, other]) => String(other).length - String(one).length);
  return longestFirst.reduce(
    (rest, [path, value]) =>
      typeof value === "string"
        ? rest.replaceAll(value, `<${path}>`)
        : rest.replaceAll(new RegExp(`(?<![\\w.-])${value}(?![\\w.-])`, "g"), `<${path}>`),
    text,
  );
}

/** The secrets that are in the text, but for those that the asker said themselves. */
export const told = (text: string, secrets: readonly string[], said = ""): readonly string[] =>
  secrets.filter((secret) => text.includes(secret) && !said.includes(secret));
