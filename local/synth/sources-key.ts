// A name for what goes into an assembly: the same sources give the same key, and the assembly need not be made
// again. What the backend may import is fixed by the import rules (design, section 2).

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const SOURCES = [
  "amplify",
  "core/domain",
  "core/protocol",
  "package.json",
  "package-lock.json",
  "tsconfig.strict.json",
];
/** Settings that the backend reads while it is synthesized. */
const SETTING = /process\.env(?:\.|\[")(PARLEY_[A-Z_]+)/g;
const LEFT_OUT = /(\.test\.ts|\.contract\.ts|\.md)$/;

export function sourcesKey(root: string, context: object, env: NodeJS.ProcessEnv = process.env): string {
  const hash = createHash("sha256").update(JSON.stringify(context)).update(process.versions.node);
  const settings = new Set<string>();
  for (const file of SOURCES.flatMap((source) => filesIn(root, source))) {
    const content = readFileSync(join(root, file), "utf8");
    hash.update(`\0${file}\0${content}`);
    for (const [, name] of content.matchAll(SETTING)) if (name !== undefined) settings.add(name);
  }
  for (const name of [...settings].sort()) hash.update(`\0${name}=${env[name] ?? ""}`);
  return hash.digest("hex").slice(0, 16);
}

function filesIn(root: string, path: string): string[] {
  const whole = join(root, path);
  if (!existsSync(whole)) return [];
  if (!statSync(whole).isDirectory()) return [path];
  return readdirSync(whole, { withFileTypes: true })
    .filter((entry) => entry.name !== "node_modules" && !LEFT_OUT.test(entry.name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => filesIn(root, `${path}/${entry.name}`));
}
