// A small assembly on disk, for tests: templates as objects, in the files and under the keys that the CDK uses.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = "amplify-parley-test-sandbox-0123456789";

/** Nested templates are reached by `nestedAt(key)`; bundles are named by the key of their archive. */
export function writeAssembly(parts: {
  readonly root: object;
  readonly nested?: Readonly<Record<string, object>>;
  readonly bundles?: readonly string[];
}): string {
  const directory = mkdtempSync(join(tmpdir(), "parley-assembly-"));
  const write = (file: string, content: object) =>
    writeFileSync(join(directory, file), JSON.stringify(content));
  const asset = (path: string, objectKey: string) => ({
    source: { path },
    destinations: { here: { bucketName: "assets", objectKey } },
  });
  const nested = Object.entries(parts.nested ?? {});
  write("root.template.json", parts.root);
  for (const [key, template] of nested) write(`${key}.nested.template.json`, template);
  write("root.assets.json", {
    files: {
      ...Object.fromEntries(
        nested.map(([key]) => [key, asset(`${key}.nested.template.json`, `${key}.json`)]),
      ),
      ...Object.fromEntries((parts.bundles ?? []).map((key) => [key, asset(`asset.${key}`, `${key}.zip`)])),
    },
  });
  write("manifest.json", {
    artifacts: {
      "root.assets": { type: "cdk:asset-manifest", properties: { file: "root.assets.json" } },
      [ROOT]: { type: "aws:cloudformation:stack", properties: { templateFile: "root.template.json" } },
      Tree: { type: "cdk:tree", properties: { file: "tree.json" } },
    },
  });
  return directory;
}

export const nestedAt = (key: string) => ({
  "Fn::Join": [
    "",
    ["https://s3.", { Ref: "AWS::Region" }, ".", { Ref: "AWS::URLSuffix" }, `/assets/${key}.json`],
  ],
});
