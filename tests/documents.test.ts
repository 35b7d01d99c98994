import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const documents = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "docs/deploy.md",
  "core/protocol/PROTOCOL.md",
  "local/README.md",
];

const read = (file: string) => readFileSync(file, "utf8");

/** `core/domain/append.ts`, `local/`: code spans that look like a path of this repository. */
const pathsIn = (text: string) =>
  [...text.matchAll(/`((?:app|amplify|components|core|local|tests|bench|docs|public)\/[\w./[\]()-]*)`/g)].map(
    (match) => match[1] ?? "",
  );

const linksIn = (text: string) =>
  [...text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? "");

describe("the documents", () => {
  for (const document of documents) {
    it(`${document} names only paths that exist`, () => {
      const missing = pathsIn(read(document)).filter((path) => !existsSync(path));
      expect(missing).toEqual([]);
    });

    it(`${document} links only to files that exist`, () => {
      const missing = linksIn(read(document)).filter((link) => !existsSync(join(dirname(document), link)));
      expect(missing).toEqual([]);
    });
  }

  it("name only commands that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = documents.flatMap((document) =>
      [...read(document).matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? ""),
    );
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it("keep a decision record to forty lines", () => {
    const long = readdirSync("docs/decisions").filter(
      (file) => read(join("docs/decisions", file)).split("\n").length > 41,
    );
    expect(long).toEqual([]);
  });
});
