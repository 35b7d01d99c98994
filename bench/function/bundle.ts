// The message function as it is deployed, and the same function on the AWS SDK's clients.

import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

export type Bundle = { readonly file: string; readonly bytes: number };
export type Version = "ours" | "on the SDK";

const path = (fromBench: string) => fileURLToPath(new URL(`../${fromBench}`, import.meta.url));

const onTheSdk: Plugin = {
  name: "on-the-sdk",
  setup: (made) => {
    made.onResolve({ filter: /\/signed-http$/ }, () => ({ path: path("sdk-version/signed-http.mjs") }));
  },
};

/** With the settings of amplify/chat/function.ts. */
export async function bundleFrames(version: Version): Promise<Bundle> {
  mkdirSync(".local/bench", { recursive: true });
  const file = resolve(`.local/bench/frames-${version.replaceAll(" ", "-")}.cjs`);
  const { metafile } = await build({
    entryPoints: [path("../amplify/chat/handlers/frames.ts")],
    outfile: file,
    bundle: true,
    minify: true,
    metafile: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    plugins: version === "on the SDK" ? [onTheSdk] : [],
  });
  const [output] = Object.values(metafile.outputs);
  return { file, bytes: output?.bytes ?? 0 };
}
