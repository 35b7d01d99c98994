// `tsx bench/function-budget.ts`: fails when the message function is larger, or takes longer to load beside its
// version on the AWS SDK, than budget.json allows. Both are loaded in one run, so the machine's speed cancels out.

import { createProgress, fail } from "../local/progress";
import budget from "./budget.json" with { type: "json" };
import { functionLines, measureFunction } from "./function/measure-function";
import { installOnce } from "./install-once";

const progress = createProgress();

try {
  installOnce("sdk-version", progress.say);
  const figures = await measureFunction();
  for (const line of functionLines(figures)) progress.say(line);
  const over = [
    overBudget("bundle, in bytes", figures.ours.bytes, budget.bundleBytes),
    overBudget("time to load, to the SDK version's", figures.importRatio, budget.importRatio),
  ].filter((sentence) => sentence !== undefined);
  if (over.length > 0) throw new Error(over.join("\n"));
  progress.say("Within the budget.");
} catch (problem) {
  fail(problem);
}

function overBudget(what: string, is: number, may: number): string | undefined {
  if (is <= may) return undefined;
  return `unable to keep the message function's budget; its ${what} is ${Number(is.toFixed(3))} and may be ${may}: take out what it does not need, or raise it in bench/budget.json and say why`;
}
