// As much of semantic versioning as package.json needs here: a release, and the ranges ">=1.2.3" and "^1.2.3".

export type Version = readonly [major: number, minor: number, patch: number];

export function versionOf(text: string): Version | undefined {
  const [, major, minor, patch] = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor ?? 0), Number(patch ?? 0)];
}

export function satisfies(text: string, range: string): boolean {
  const version = versionOf(text);
  const least = versionOf(range);
  if (!version || !least) return false;
  if (compare(version, least) < 0) return false;
  return range.startsWith(">=") || version[0] === least[0];
}

function compare(one: Version, other: Version): number {
  const differing = [0, 1, 2].find((part) => one[part] !== other[part]);
  return differing === undefined ? 0 : (one[differing] ?? 0) - (other[differing] ?? 0);
}
