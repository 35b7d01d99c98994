// Runs in a process of its own: imports amplify/backend.ts and has it synthesized, as `ampx` does
// (@aws-amplify/backend-deployer, getCdkCloudAssembly). The context and the place for the assembly come in the
// CDK's own variables. What goes wrong is written as JSON into the file that the second argument names.

import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , backend = "", report = ""] = process.argv;

function giveUp(error: unknown): never {
  const known = error instanceof Error ? error : new Error(String(error));
  const resolution: unknown = "resolution" in known ? known.resolution : undefined;
  writeFileSync(report, JSON.stringify({ message: known.message, stack: known.stack, resolution }));
  process.exit(1);
}

process.on("uncaughtException", giveUp);

try {
  await import(pathToFileURL(backend).href);
  // The backend waits for this message; without it nothing is written.
  process.emit("message", "amplifySynth", undefined);
} catch (error) {
  giveUp(error);
}
