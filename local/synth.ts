// `npm run synth`: type-checks and synthesizes the backend, resolves the template, and says what is in it.

import { spawnSync } from "node:child_process";
import { relative } from "node:path";
import { createProgress, fail } from "./progress";
import { synthesize } from "./synth/synthesize";
import { resourceType } from "./template/resource-types";
import { readTemplate } from "./template/template";

const progress = createProgress();

/** As Amplify does before it deploys. */
async function typeCheck(): Promise<void> {
  const { status, stdout } = spawnSync("npx", ["tsc", "-p", "amplify/tsconfig.json"], { encoding: "utf8" });
  if (status === 0) return;
  throw new Error("unable to synthesize the backend; its types do not fit: correct what is said below", {
    cause: new Error(stdout),
  });
}

try {
  const synthesis = await progress.step(
    "synthesize backend",
    () => synthesize({ outDir: ".local/assembly" }),
    ({ was }) => was,
  );
  const template = readTemplate(synthesis.assembly);
  const counts = new Map<string, number>();
  for (const { type } of template.resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  for (const [type, count] of [...counts].sort()) {
    const { fate } = resourceType(type, type);
    const what = fate.is === "runs" ? `runs in ${fate.in}` : `ignored: ${fate.because}`;
    progress.say(`  ${String(count).padStart(2)}  ${type.padEnd(42)} ${what}`);
  }
  await progress.step("check the backend's types", typeCheck);
  progress.say(`The assembly is in ${relative(process.cwd(), synthesis.assembly.directory)}`);
} catch (error) {
  fail(error);
}
