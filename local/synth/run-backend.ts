// Runs in a process of its own: imports amplify/backend.ts and has it synthesized, as `ampx` does
// (@aws-amplify/backend-deployer, getCdkCloudAssembly). The context and the place for the assembly come in the
// CDK's own variables. What goes wrong is written as JSON into the file that the second argument names.
//
// Amplify's generator of client configurations is loaded here already, as a part of the backend's library; so the
// configuration is made here, where it costs nothing, and lies ready beside the assembly.

import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { clientConfig } from "../outputs/client-config";
import { openAssembly } from "../template/assembly";
import { readTemplate } from "../template/template";

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

try {
  const template = readTemplate(openAssembly(process.env["CDK_OUTDIR"] ?? ""));
  if ("AWS::Amplify::Platform" in template.metadata) await clientConfig(template);
} catch {
  // Whoever reads the assembly meets the same mistake, and tells it with the sentence that belongs to it.
}
