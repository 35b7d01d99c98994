// The functions: their runtime, their bundles, their variables.

import { recordAt, textAt } from "../../template/json";
import type { Branch } from "../facts";
import { type Check, fail, none, type Verdict, warn } from "../finding";
import { onBranch, resourcesOf, shortName } from "./backend";

/** Set by Lambda; a function that sets one is refused. From AWS's developer guide, "Using environment variables". */
const RESERVED =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_\w+|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;
const MOST_VARIABLE_BYTES = 4_096;
/** Lambda makes no new functions on older ones: Node 20 went out of support in April 2026. */
const OLDEST_NODE = 22;
const LARGEST_BUNDLE_BYTES = 262_144_000;
/** A cold start reads all of it. */
const LARGE_BUNDLE_BYTES = 1_000_000;

const functionsOf = ({ stacks }: Branch) =>
  resourcesOf(stacks).filter(({ type }) => type === "AWS::Lambda::Function");

function runtimes(branch: Branch): Verdict {
  const wrong = functionsOf(branch).flatMap(({ id, properties }) => {
    const runtime = textAt(properties, "Runtime") ?? "";
    const [, major] = /^nodejs(\d+)\.x$/.exec(runtime) ?? [];
    return major !== undefined && Number(major) < OLDEST_NODE ? [`${shortName(id)} (${runtime})`] : [];
  });
  return none(wrong, "Every function runs on a runtime that Lambda supports.", (named) =>
    fail(`${named}: Lambda makes no new functions on this runtime: raise it in amplify/chat/function.ts.`),
  );
}

function variables(branch: Branch): Verdict {
  const wrong = functionsOf(branch).flatMap(({ id, properties }) => {
    const set = recordAt(recordAt(properties, "Environment"), "Variables");
    const bytes = JSON.stringify(set).length;
    return [
      ...Object.keys(set)
        .filter((name) => RESERVED.test(name))
        .map((name) => `${shortName(id)} sets ${name}`),
      ...(bytes > MOST_VARIABLE_BYTES ? [`${shortName(id)} has ${bytes} bytes of variables`] : []),
    ];
  });
  return none(
    wrong,
    "No function sets a variable that is Lambda's own, or more than 4 KB of them.",
    (named) => fail(`${named}, which Lambda refuses: rename it, or set less.`),
  );
}

function bundles({ bundles: all }: Branch): Verdict {
  const tooLarge = all.filter(({ bytes }) => bytes > LARGEST_BUNDLE_BYTES);
  if (tooLarge.length > 0)
    return fail(
      `${tooLarge.map(({ name }) => shortName(name)).join(", ")}: over the 250 MB that Lambda takes.`,
    );
  const large = all.filter(({ bytes }) => bytes > LARGE_BUNDLE_BYTES);
  const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
  return none(
    large.map(({ name, bytes }) => `${shortName(name)} (${Math.round(bytes / 1_000)} KB)`),
    `${all.length} bundles, ${Math.round(total / 1_000)} KB in all.`,
    (named) => warn(`${named}: a cold start reads all of it; look for a library that came along.`),
  );
}

function logs(branch: Branch): Verdict {
  const wrong = resourcesOf(branch.stacks)
    .filter(({ type, properties, stack }) => {
      return (
        type === "AWS::Logs::LogGroup" && stack !== "root" && properties["RetentionInDays"] === undefined
      );
    })
    .map(({ id }) => shortName(id));
  return none(wrong, "Every log group forgets.", (named) =>
    warn(`${named} keeps its lines for ever, and they are paid for every month: set a retention.`),
  );
}

export const FUNCTIONS: readonly Check[] = [
  { name: "runtimes", see: "functions", judge: onBranch(runtimes) },
  { name: "variables", see: "functions", judge: onBranch(variables) },
  { name: "bundles", see: "functions", judge: onBranch(bundles) },
  { name: "log-retention", see: "functions", judge: onBranch(logs) },
];
