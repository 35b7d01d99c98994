import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** As function.ts bundles them. */
async function bundle(handler: string) {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`./${handler}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    metafile: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node22",
  });
  return { bytes: outputFiles[0]?.contents.byteLength ?? 0, inputs: Object.keys(metafile.inputs) };
}

describe("the functions' bundles", () => {
  // What a cold start reads. The SDK's clients alone would be 344 KB.
  it.each([
    ["frames", 61_000],
    ["relay", 50_000],
    ["disconnect", 40_000],
    ["connect", 40_000],
    ["authorize", 60_000],
  ])("%s stays below %i bytes", async (handler, budget) => {
    const { bytes } = await bundle(handler);

    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(budget);
  });

  it.each(["frames", "relay", "disconnect", "connect", "authorize"])(
    "%s needs nothing that stays here",
    async (handler) => {
      const { inputs } = await bundle(handler);

      expect(
        inputs.filter((input) => /aws-cdk-lib|constructs|@aws-sdk|@aws-amplify|^local\//.test(input)),
      ).toEqual([]);
    },
  );
});
