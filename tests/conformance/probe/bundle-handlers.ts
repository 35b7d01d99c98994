import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code } from "aws-cdk-lib/aws-lambda";
import { buildSync } from "esbuild";

const HANDLERS = join(import.meta.dirname, "handlers");

/** All handlers in one asset, a file each: one bundling takes a moment, a bundling for each function takes many. */
export function bundleHandlers(): Code {
  const outdir = mkdtempSync(join(tmpdir(), "parley-probe-"));
  buildSync({
    entryPoints: readdirSync(HANDLERS).map((file) => join(HANDLERS, file)),
    outdir,
    bundle: true,
    minify: true,
    // CommonJS, because aws4 calls `require` for Node's own modules.
    format: "cjs",
    platform: "node",
    target: "node22",
  });
  return Code.fromAsset(outdir);
}
