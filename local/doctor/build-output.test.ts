import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readBuildOutput } from "./build-output";

type Files = Readonly<Record<string, string>>;

/** A project with these files, of which those below .next are its build. */
function buildOf(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), "parley-build-"));
  mkdirSync(join(root, ".next"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return join(root, ".next");
}
/** What Next leaves beside a page: the files that it needs, from where the list is. */
const listOf = (...files: readonly string[]) => JSON.stringify({ version: 1, files });

describe("a build, as Amplify Hosting would take it", () => {
  it("has the links in it named, to files and to folders", () => {
    const folder = buildOf({ ".next/server/page.js": "", "node_modules/pino/index.js": "" });
    mkdirSync(join(folder, "node_modules"));
    symlinkSync("../../node_modules/pino", join(folder, "node_modules/pino-1"));
    symlinkSync("page.js", join(folder, "server/again.js"));

    expect([...readBuildOutput(folder).symlinks].sort()).toEqual(["node_modules/pino-1", "server/again.js"]);
  });

  it("has what is compiled for one machine named, in it and in the packages that its server needs", () => {
    const folder = buildOf({
      ".next/server/page.js.nft.json": listOf("../../node_modules/sharp/sharp.node", "./page.js"),
      ".next/server/page.js": "",
      ".next/server/lib.so.2": "",
      "node_modules/sharp/sharp.node": "",
      "node_modules/other/other.node": "",
    });

    expect([...readBuildOutput(folder).native].sort()).toEqual([
      ".next/server/lib.so.2",
      "node_modules/sharp/sharp.node",
    ]);
  });

  it("has what a list names and nobody brought named", () => {
    const folder = buildOf({ ".next/server/page.js.nft.json": listOf("../../node_modules/gone/index.js") });

    expect(readBuildOutput(folder).missing).toEqual([join(folder, "../node_modules/gone/index.js")]);
  });

  it("counts each file once, without what is kept between builds", () => {
    const list = listOf("./page.js", "../../node_modules/a/index.js");
    const folder = buildOf({
      ".next/server/page.js": "12345",
      ".next/server/page.js.nft.json": list,
      ".next/server/other.js.nft.json": list,
      ".next/server/cache/kept.js": "123",
      ".next/cache/large": "x".repeat(1_000),
      ".next/dev/large": "x".repeat(1_000),
      ".next/standalone/large": "x".repeat(1_000),
      "node_modules/a/index.js": "1234567",
    });

    expect(readBuildOutput(folder).bytes).toBe(5 + 3 + 7 + 2 * list.length);
  });

  it("is whole with the file that is read first", () => {
    expect(readBuildOutput(buildOf({ ".next/required-server-files.json": "{}" })).hasServerFiles).toBe(true);
    expect(readBuildOutput(buildOf({})).hasServerFiles).toBe(false);
  });
});
