import { fileURLToPath } from "node:url";
import { build } from "esbuild";

let building: Promise<string> | undefined;

/**
 * What an environment's thread starts with, as one script: a thread has no loader for TypeScript, and must not
 * have one, for a function would see it.
 */
export function threadCode(): Promise<string> {
  building ??= bundle();
  return building;
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./worker/main.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error("unable to start functions; the thread's code was not bundled");
  return script.text;
}
