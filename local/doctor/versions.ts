// As much of semantic versioning as package.json files need here: a release, and ranges of ">=1.2.3", "<2", "^1.2.3",
// "~1.2.3", "1.2", "20", "20.x" and "*", joined by spaces ("and") and by "||" ("or").

export type Version = readonly [major: number, minor: number, patch: number];

export function versionOf(text: string): Version | undefined {
  const [, major, minor, patch] = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor ?? 0), Number(patch ?? 0)];
}

export function satisfies(text: string, range: string): boolean {
  const version = versionOf(text);
  if (!version) return false;
  return range.split("||").some((all) =>
    all
      .trim()
      // ">= 14" is one comparison.
      .replaceAll(/([<>=~^])\s+/g, "$1")
      .split(/\s+/)
      .every((one) => compares(version, one)),
  );
}

function compares(version: Version, comparison: string): boolean {
  if (/^[*x]?$/.test(comparison)) return true;
  const bound = versionOf(comparison);
  if (!bound) return false;
  const difference = compare(version, bound);
  const parts = comparison.replace(/(\.[x*])+$/, "").split(".").length;
  switch (/^\D*/.exec(comparison)?.[0]) {
    case ">=":
      return difference >= 0;
    case ">":
      return difference > 0;
    case "<":
      return difference < 0;
    case "<=":
      return difference <= 0;
    case "^":
      return difference >= 0 && sameUpTo(bound[0] === 0 ? 2 : 1, version, bound);
    case "~":
      return difference >= 0 && sameUpTo(2, version, bound);
    case "":
    case "=":
    case "v":
      return sameUpTo(parts, version, bound);
    default:
      return false;
  }
}

const sameUpTo = (parts: number, one: Version, other: Version): boolean =>
  one.slice(0, parts).every((part, index) => part === other[index]);

function compare(one: Version, other: Version): number {
  const differing = [0, 1, 2].find((part) => one[part] !== other[part]);
  return differing === undefined ? 0 : (one[differing] ?? 0) - (other[differing] ?? 0);
}
