// With small backends of real CDK constructs, synthesized in projects that have our packages.

import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordAt } from "../../template/json";
import type { StackTemplate } from "../facts";
import { checkTypes, readBackend } from "./backend";

function projectOf(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "parley-project-")));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  symlinkSync(join(process.cwd(), "node_modules"), join(root, "node_modules"));
  return root;
}

/** A function in a stack within a stack; its description says whose backend it is, and with which setting. */
const BACKEND = `
  import { App, aws_lambda as lambda, NestedStack, Stack } from "aws-cdk-lib";
  process.once("message", (message) => {
    if (message !== "amplifySynth") return;
    const app = new App();
    const chat = new NestedStack(new Stack(app, "backend"), "chat");
    new lambda.Function(chat, "Frames", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromAsset("bundle"),
      description: app.node.getContext("amplify-backend-type") + " " + process.env["PARLEY_ORIGINS"],
    });
    app.synth();
  });
`;
const SMALL = {
  "package.json": `{ "type": "module" }`,
  "amplify/backend.ts": BACKEND,
  "bundle/index.js": "exports.handler = 1;",
};

const describedIn = (stacks: readonly StackTemplate[]): readonly unknown[] =>
  stacks.flatMap(({ template }) =>
    Object.values(recordAt(template, "Resources"))
      .map((resource) => recordAt(resource, "Properties")["Description"])
      .filter((description) => description !== undefined),
  );

describe("the backend", () => {
  it("is read as a sandbox and as a branch, stack by stack, with what each function is made of", async () => {
    const backend = await readBackend(projectOf(SMALL));

    if (backend.is === "broken") throw new Error(backend.says);
    const { sandbox, branch } = backend;
    expect(branch.stacks.map(({ name }) => name)).toEqual(["root", expect.stringMatching(/^chat/)]);
    expect(branch.stacks.every(({ bytes, template }) => bytes >= JSON.stringify(template).length)).toBe(true);
    expect(describedIn(sandbox)).toEqual([expect.stringMatching(/^sandbox /)]);
    expect(describedIn(branch.stacks)).toEqual([expect.stringMatching(/^branch /)]);
    expect(branch.bundles).toEqual([
      { name: expect.stringMatching(/^Frames/), bytes: 20, code: "exports.handler = 1;" },
    ]);
  }, 120_000);

  it("is broken by what it throws, in the words of a sentence", async () => {
    const root = projectOf({ ...SMALL, "amplify/backend.ts": `throw new Error("no pool: there is none.");` });

    expect(await readBackend(root)).toEqual({
      is: "broken",
      says: expect.stringMatching(/^unable to synthesize the backend; no pool: there is none/),
    });
  });
});

describe("the backend's types", () => {
  const typed = (source: string) =>
    projectOf({
      "amplify/tsconfig.json": `{ "compilerOptions": { "strict": true, "types": [], "skipLibCheck": true }, "files": ["a.ts"] }`,
      "amplify/a.ts": source,
    });

  it("fit", async () => {
    expect(await checkTypes(typed("export const a: number = 1;"))).toEqual({ are: "fitting" });
  });

  it("do not fit, and the first place is told", async () => {
    expect(await checkTypes(typed(`export const a: number = "1";`))).toEqual({
      are: "wrong",
      first: expect.stringMatching(/^amplify\/a\.ts\(1,14\): error TS2322/),
    });
  });
});
