import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readBuild, readJson, readOutputs, readRepository, readSources, readText, said } from "./files";

type Files = Readonly<Record<string, string>>;

function write(root: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}
function folderOf(files: Files = {}): string {
  const root = mkdtempSync(join(tmpdir(), "parley-folder-"));
  write(root, files);
  return root;
}
const git = (root: string, ...words: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...words], { cwd: root });

/** A repository in which these files, and a link to one of them, are committed. */
function repositoryOf(files: Files, link?: readonly [name: string, to: string]): string {
  const root = folderOf(files);
  if (link) symlinkSync(link[1], join(root, link[0]));
  git(root, "init", "--quiet");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--no-verify", "--message", "first");
  return root;
}

describe("a file", () => {
  it("is read where it is, and is nothing where it is not", () => {
    const root = folderOf({ "a.json": `{"a": 1}` });

    expect(readText(root, "a.json")).toBe(`{"a": 1}`);
    expect(readText(root, "b.json")).toBeUndefined();
    expect(readJson(root, "a.json")).toEqual({ a: 1 });
    expect(readJson(root, "b.json")).toBeUndefined();
  });

  it("is nothing where it is no JSON, or no map", () => {
    const root = folderOf({ "half.json": "{", "list.json": "[]" });

    expect(readJson(root, "half.json")).toBeUndefined();
    expect(readJson(root, "list.json")).toBeUndefined();
  });
});

describe("a command", () => {
  it("is told by what it printed in that folder, and is nothing where it failed or is not there", () => {
    const root = folderOf({ "here.txt": "" });

    expect(said(root, "ls")).toBe("here.txt");
    expect(said(root, "ls", "no-such-file")).toBeUndefined();
    expect(said(root, "no-such-command")).toBeUndefined();
  });
});

describe("the repository", () => {
  it("is none where there is no Git", () => {
    expect(readRepository(folderOf())).toEqual({ is: "none" });
  });

  it("has its committed files told, and the links among them", () => {
    const root = repositoryOf({ "a file.txt": "", "docs/b.md": "" }, ["link", "docs/b.md"]);

    expect(readRepository(root)).toEqual({
      is: "git",
      tracked: ["a file.txt", "docs/b.md", "link"],
      symlinks: ["link"],
      changed: [],
    });
  });

  it("has what is not committed told: changed, staged or new, and not what it ignores", () => {
    const root = repositoryOf({ "a.ts": "", "b.ts": "", ".gitignore": "ignored\n" });
    write(root, { "a.ts": "changed", "b.ts": "staged", ignored: "", "new/c.ts": "" });
    git(root, "add", "b.ts");

    expect(readRepository(root)).toMatchObject({ changed: ["a.ts", "b.ts", "new/c.ts"] });
  });
});

describe("the sources", () => {
  it("are told as Amplify would find them", () => {
    const root = folderOf({
      "amplify.yml": "version: 1\n",
      "amplify/tsconfig.json": "{}",
      "amplify/backend.ts": "",
      "app/page.tsx": "",
      "tsconfig.json": `{ "include": ["app/**/*"] } // with a remark`,
      ".gitignore": "node_modules/\namplify_outputs.json\n",
    });

    expect(readSources(root)).toEqual({
      buildSpec: "version: 1\n",
      hasAmplifyTsconfig: true,
      amplifyInRootTsconfig: [],
      otherLocks: [],
      ignoredOutputs: true,
    });
  });

  it("are told to be missing where they are", () => {
    expect(readSources(folderOf({ "tsconfig.json": `{ "files": [] }` }))).toEqual({
      buildSpec: undefined,
      hasAmplifyTsconfig: false,
      amplifyInRootTsconfig: [],
      otherLocks: [],
      ignoredOutputs: false,
    });
  });

  it("have the backend's files named that the app's settings take in, if only by default", () => {
    const root = folderOf({ "amplify/backend.ts": "", "app/page.tsx": "", "tsconfig.json": "{}" });

    expect(readSources(root).amplifyInRootTsconfig).toEqual(["amplify/backend.ts"]);
  });

  it("have the lock files of other package managers named", () => {
    const root = folderOf({ "package-lock.json": "{}", "yarn.lock": "", "bun.lockb": "" });

    expect(readSources(root).otherLocks).toEqual(["yarn.lock", "bun.lockb"]);
  });
});

describe("the outputs that lie here", () => {
  const outputs = (text: string) => readOutputs(folderOf({ "amplify_outputs.json": text }));

  it("are none, or cannot be read", () => {
    expect(readOutputs(folderOf())).toEqual({ are: "none" });
    expect(outputs("{")).toEqual({ are: "unreadable" });
  });

  it("are the local cloud's when they name its user pool's address", () => {
    expect(outputs(`{"custom": {"userPoolEndpoint": "http://localhost:3001"}}`)).toEqual({
      are: "local",
      address: "http://localhost:3001",
    });
  });

  it("are a deployed backend's otherwise", () => {
    expect(outputs(`{"auth": {"aws_region": "eu-west-1", "user_pool_id": "eu-west-1_A"}}`)).toEqual({
      are: "deployed",
      region: "eu-west-1",
      pool: "eu-west-1_A",
    });
  });
});

describe("the build that lies here", () => {
  it("is none before Next has finished one", () => {
    expect(readBuild(folderOf({ ".next/cache/a": "" }))).toBeUndefined();
  });

  it("is read in .next, with the links in it", () => {
    const root = folderOf({ ".next/BUILD_ID": "12345", ".next/required-server-files.json": "{}" });
    symlinkSync("BUILD_ID", join(root, ".next/link"));

    expect(readBuild(root)).toMatchObject({ symlinks: ["link"], hasServerFiles: true });
  });
});
