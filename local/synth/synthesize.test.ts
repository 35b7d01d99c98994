import { mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { assetDirectory } from "../template/assembly";
import { readTemplate } from "../template/template";
import { synthesize } from "./synthesize";

const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A project whose backend is this file; it has our packages. */
function project(backend: string): { root: string; outDir: string } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "parley-project-")));
  mkdirSync(join(root, "amplify"));
  writeFileSync(join(root, "package.json"), `{ "type": "module" }`);
  writeFileSync(join(root, "amplify/backend.ts"), backend);
  symlinkSync(join(PROJECT, "node_modules"), join(root, "node_modules"));
  return { root, outDir: join(root, ".local/assembly") };
}

/** Does with the CDK's variables and with Amplify's message what the real one does. */
const SMALL = `
  import { mkdirSync, writeFileSync } from "node:fs";
  const out: string = process.env["CDK_OUTDIR"] ?? "";
  process.once("message", (message) => {
    if (message !== "amplifySynth") return;
    const stack = { type: "aws:cloudformation:stack", properties: { templateFile: "root.json" } };
    writeFileSync(out + "/root.json", JSON.stringify({
      Outputs: { given: { Value: process.env["CDK_CONTEXT_JSON"] }, set: { Value: process.env["PARLEY_SET"] ?? "" } },
    }));
    writeFileSync(out + "/manifest.json", JSON.stringify({ artifacts: { root: stack } }));
  });
`;

describe("synthesizing a backend", () => {
  it("tells it Amplify's names for it, and that it is a sandbox", async () => {
    const { assembly } = await synthesize({ ...project(SMALL), namespace: "n", name: "m" });
    expect(JSON.parse(readTemplate(assembly).outputs["given"] ?? "")).toMatchObject({
      "amplify-backend-namespace": "n",
      "amplify-backend-name": "m",
      "amplify-backend-type": "sandbox",
    });
  });

  it("is left out when nothing changed, and done again when something did", async () => {
    const place = project(SMALL);
    const did = async () => (await synthesize(place)).was;
    expect([await did(), await did()]).toEqual(["made", "unchanged"]);
    writeFileSync(join(place.root, "amplify/more.ts"), "export const more = 1;");
    expect([await did(), await did()]).toEqual(["made", "unchanged"]);
    writeFileSync(join(place.root, "amplify/more.test.ts"), "");
    expect(await did()).toBe("unchanged");
  });

  it("is done again when the sources change while it is at it", async () => {
    const changesOnce = `import { existsSync } from "node:fs";
      const flag = process.env["CDK_OUTDIR"] + "/../../../amplify/flag.ts";
      if (!existsSync(flag)) writeFileSync(flag, "export {}");`;
    const place = project(SMALL + changesOnce);
    expect((await synthesize(place)).was).toBe("made");
    expect((await synthesize(place)).was).toBe("unchanged");
    expect(readdirSync(place.outDir)).toHaveLength(1);
  });

  it("says in one sentence what a backend throws, with the place", async () => {
    const failing = synthesize(project(`\nthrow new Error("no pool: there is none.");\nexport {};`));
    await expect(failing).rejects.toThrow(
      /^unable to synthesize the backend; no pool: there is none \(amplify\/backend\.ts:2:\d+\): correct/,
    );
  });

  it("says where a file does not parse", async () => {
    const failing = synthesize(project("const x = ;"));
    await expect(failing).rejects.toThrow(
      /unable to synthesize the backend; .*(Unexpected|Transform failed)/,
    );
    await expect(failing).rejects.toMatchObject({
      cause: { message: expect.stringContaining("backend.ts:1:10") },
    });
  });

  it("says so when a backend ends without an assembly, and leaves nothing half made", async () => {
    const place = project("process.exit(0);");
    await expect(synthesize(place)).rejects.toThrow(/it ended without a word/);
    expect(readdirSync(place.outDir)).toEqual([]);
  });

  it("says what to do where the project has no backend", async () => {
    const root = mkdtempSync(join(tmpdir(), "parley-empty-"));
    await expect(synthesize({ root, outDir: join(root, "out") })).rejects.toThrow(
      /run this inside the project/,
    );
  });

  it("says what to do where esbuild is missing", async () => {
    const root = mkdtempSync(join(tmpdir(), "parley-bare-"));
    mkdirSync(join(root, "amplify"));
    writeFileSync(join(root, "amplify/backend.ts"), SMALL);
    await expect(synthesize({ root, outDir: join(root, "out") })).rejects.toThrow(/run `npm install`/);
  });
});

describe("this project's own backend", () => {
  it("is synthesized and resolved whole, with a bundle for each function", async () => {
    const { assembly } = await synthesize({ outDir: join(PROJECT, ".local/assembly") });
    const { resources, nameOf, outputs } = readTemplate(assembly);
    const ofType = (type: string) => resources.filter((resource) => resource.type === type);
    const tables = ofType("AWS::DynamoDB::Table").map(nameOf);
    expect(tables.map((name) => /ChatTables(\w+?)[0-9A-F]{8}-/.exec(name)?.[1]).sort()).toEqual([
      ...["Connections", "Inbox", "Log", "People"],
    ]);
    for (const fn of ofType("AWS::Lambda::Function"))
      expect(readdirSync(assetDirectory(assembly, fn))).toContain("index.js");
    expect(ofType("AWS::ApiGatewayV2::Route")).not.toEqual([]);
    expect(outputs["userPoolId"]).toMatch(/^us-east-1_/);
    expect(JSON.stringify(resources)).not.toMatch(/"(Ref|Fn::\w+)":/);
  }, 120_000);
});
