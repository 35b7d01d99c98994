// The backend as it would be deployed: synthesized twice, as a sandbox and as a branch, with this shell's settings.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { startChild } from "../../processes";
import { wordsFor } from "../../progress";
import { synthesize } from "../../synth/synthesize";
import { type Assembly, templateAt } from "../../template/assembly";
import { type Json, recordAt, textAt } from "../../template/json";
import type { Backend, Branch, Bundle, Facts, StackTemplate } from "../facts";

/** Beside the local cloud's own, which keeps the last few. */
const OUT_DIR = ".local/doctor";

export async function readBackend(root: string): Promise<Backend> {
  try {
    const outDir = join(root, OUT_DIR);
    const [sandbox, branch] = await Promise.all([
      synthesize({ root, outDir, type: "sandbox" }),
      synthesize({ root, outDir, type: "branch", namespace: "d0000000000000", name: "main" }),
    ]);
    return { is: "synthesized", sandbox: stacksOf(sandbox.assembly), branch: branchOf(branch.assembly) };
  } catch (error) {
    return { is: "broken", says: wordsFor(error) };
  }
}

function branchOf(assembly: Assembly): Branch {
  const stacks = stacksOf(assembly);
  return { stacks, bundles: bundlesOf(assembly, stacks) };
}

/** Parameters and all: with references as they stand, because values would hide them. */
export function stacksOf(assembly: Assembly): readonly StackTemplate[] {
  const within = (name: string, template: Json): readonly StackTemplate[] => [
    { name, template, bytes: JSON.stringify(template, null, 1).length },
    ...Object.entries(recordAt(template, "Resources")).flatMap(([id, resource]) => {
      if (textAt(resource, "Type") !== "AWS::CloudFormation::Stack") return [];
      const [key] =
        /[0-9a-f]+\.json/.exec(JSON.stringify(recordAt(resource, "Properties")["TemplateURL"])) ?? [];
      return key === undefined ? [] : within(id, templateAt(assembly, key));
    }),
  ];
  return within("root", assembly.rootTemplate);
}

/** Those of the root stack are Amplify's own. */
function bundlesOf(assembly: Assembly, stacks: readonly StackTemplate[]): readonly Bundle[] {
  return stacks.slice(1).flatMap(({ template }) =>
    Object.entries(recordAt(template, "Resources")).flatMap(([name, resource]) => {
      const key = textAt(recordAt(recordAt(resource, "Properties"), "Code"), "S3Key");
      const folder = key === undefined ? undefined : assembly.assets.get(key);
      if (folder === undefined) return [];
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      const code = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")).join("\n");
      return [{ name, bytes: Buffer.byteLength(code), code }];
    }),
  );
}

/** As Amplify does before it deploys. */
export async function checkTypes(root: string): Promise<Facts["types"]> {
  const lines: string[] = [];
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { ended } = startChild({
    command: [process.execPath, tsc, "--noEmit", "-p", "amplify/tsconfig.json"],
    cwd: root,
    onLine: (line) => lines.push(line),
  });
  const { code } = await ended;
  return code === 0 ? { are: "fitting" } : { are: "wrong", first: lines[0] ?? "tsc said nothing" };
}
