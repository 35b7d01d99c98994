// What a person is told when amplify/backend.ts cannot be synthesized: a sentence, and below it the place and what
// the tools said.

import { readFileSync } from "node:fs";
import { isRecord, textAt } from "../template/json";

export type FailedRun = {
  readonly root: string;
  /** The file in which the run says what went wrong; it may not have come to that. */
  readonly report: string;
  readonly lines: readonly string[];
};

/** Progress of the CDK and remarks of npm, which say nothing about a failure. */
const NOISE = /^(Bundling asset |npm warn |npm notice |\s*⚡|\s*$)/;
const TOLD_LINES = 15;

export function backendFailure(run: FailedRun): Error {
  const report = read(run.report);
  const message = textAt(report, "message") ?? "it ended without a word";
  const [summary = ""] = message.split("\n");
  const place = placeIn(textAt(report, "stack") ?? "", run.root);
  const cure = textAt(report, "resolution") ?? "correct what is said below and start again";
  const said = run.lines.filter((line) => !NOISE.test(line)).slice(-TOLD_LINES);
  const below = [message, ...(place === undefined ? [] : [`at ${place}`]), ...said].join("\n");
  return new Error(
    `unable to synthesize the backend; ${summary.replace(/[.:]$/, "")}${place === undefined ? "" : ` (${place})`}: ${cure}`,
    { cause: new Error(below) },
  );
}

/** The first frame in a file of ours: "amplify/chat/tables.ts:12:3". */
function placeIn(stack: string, root: string): string | undefined {
  for (const [, path] of stack.matchAll(/\(?(?:file:\/\/)?(\/[^()\n]+:\d+:\d+)\)?$/gm))
    if (path !== undefined && path.startsWith(`${root}/`) && !path.includes("/node_modules/"))
      return path.slice(root.length + 1);
  return undefined;
}

function read(file: string): unknown {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
