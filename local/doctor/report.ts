import type { Finding } from "./finding";

const DOCUMENT = "docs/deploy.md";
const WIDTH = 17;

/** One line a check; for what is not well, also where to read on. */
export function linesFor(findings: readonly Finding[]): readonly string[] {
  const count = (is: Finding["is"]) => findings.filter((finding) => finding.is === is).length;
  return [
    ...findings.flatMap(({ is, check, says, see }) => [
      `${is.padEnd(4)}  ${check.padEnd(WIDTH)} ${says}`,
      ...(is === "ok" ? [] : [`${" ".repeat(4 + 2 + WIDTH + 1)}${DOCUMENT}#${see}`]),
    ]),
    "",
    `${count("ok")} in order, ${count("warn")} to know, ${count("fail")} to mend`,
  ];
}

export const jsonFor = (findings: readonly Finding[]): string =>
  JSON.stringify(
    findings.map(({ is, check, says, see }) => ({ check, is, says, see: `${DOCUMENT}#${see}` })),
    null,
    2,
  );

export const isWell = (findings: readonly Finding[]): boolean => findings.every(({ is }) => is !== "fail");
