// `npm run doctor`: looks for everything that people fell into when they deployed. It changes nothing. Ends with 1
// when something is to be mended; `--json` prints the findings for another program.

import { fileURLToPath } from "node:url";
import { fail } from "../progress";
import { examine } from "./checks/all";
import { gather } from "./gather/gather";
import { isWell, jsonFor, linesFor } from "./report";

const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
/** Which Node it should be is a check of its own; AWS's library would say so too, between the lines. */
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

try {
  const findings = examine(await gather(ROOT, process.env));
  const text = process.argv.includes("--json") ? jsonFor(findings) : linesFor(findings).join("\n");
  // At once: a process that was asked for keys in vain may still run.
  process.stdout.write(`${text}\n`, () => process.exit(isWell(findings) ? 0 : 1));
} catch (error) {
  fail(error);
}
