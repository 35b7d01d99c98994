// The probe's assembly, as `cdk synth` makes it. The same sources give the same key, and are synthesized once.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { startChild } from "../../local/processes";
import { type Assembly, openAssembly } from "../../local/template/assembly";

const PROBE = join(import.meta.dirname, "probe");
const LOCK = join(import.meta.dirname, "../../package-lock.json");

export async function synthesizeProbe(outDir: string): Promise<Assembly> {
  const directory = resolve(join(outDir, sourcesKey()));
  if (existsSync(directory)) return openAssembly(directory);
  rmSync(outDir, { recursive: true, force: true });
  const unfinished = `${directory}.new`;
  mkdirSync(unfinished, { recursive: true });
  const lines: string[] = [];
  const run = startChild({
    command: [process.execPath, "--import", "tsx", join(PROBE, "app.ts")],
    env: { ...process.env, CDK_OUTDIR: unfinished, CDK_CONTEXT_JSON: "{}" },
    onLine: (line) => lines.push(line),
  });
  const { code } = await run.ended;
  if (code !== 0) throw new Error(`unable to synthesize the probe; it said:\n${lines.join("\n")}`);
  renameSync(unfinished, directory);
  return openAssembly(directory);
}

function sourcesKey(): string {
  const files = readdirSync(PROBE, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => join(PROBE, file));
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of [...files, LOCK]) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}
