// What is compared, and what is searched for.

import type { Asked, Cell } from "./cells";

/**
 * The text with what the askers named replaced by where they named it. Of both frames of a cell in the text of either:
 * what is named may stand there for another reason too, and then it stands in both.
 */
export function withoutSaid(text: string, { foreign, ghost }: Pick<Cell, "foreign" | "ghost">): string {
  const said = [...foreign.said, ...ghost.said];
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
export function told(text: string, secrets: readonly string[], asked?: Asked): readonly string[] {
  const said = asked ? JSON.stringify(asked.frame) : "";
  return secrets.filter((secret) => text.includes(secret) && !said.includes(secret));
}
