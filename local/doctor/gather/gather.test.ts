import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { gather } from "./gather";

const NO_ACCOUNT = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };

/** Without a backend, which would take its time. */
function projectOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "parley-project-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

describe("gathering the facts", () => {
  it("reads each of them where it is", async () => {
    const root = projectOf({
      "package.json": `{"name": "ours"}`,
      "package-lock.json": `{"name": "locked"}`,
      "node_modules/.package-lock.json": `{"name": "installed"}`,
      "amplify.yml": "version: 1\n",
      "amplify_outputs.json": `{"custom": {"userPoolEndpoint": "http://localhost:3001"}}`,
      ".next/BUILD_ID": "1",
    });

    expect(await gather(root, NO_ACCOUNT)).toEqual({
      node: process.versions.node,
      engine: { is: "found", name: expect.stringContaining("dynoxide") },
      npm: expect.stringMatching(/^\d+\.\d+\.\d+/),
      manifest: { name: "ours" },
      lock: { name: "locked" },
      installed: { name: "installed" },
      repository: { is: "none" },
      sources: expect.objectContaining({ buildSpec: "version: 1\n" }),
      outputs: { are: "local", address: "http://localhost:3001" },
      build: expect.objectContaining({ bytes: 1 }),
      types: { are: "wrong", first: expect.any(String) },
      backend: {
        is: "broken",
        says: expect.stringMatching(/^unable to synthesize the backend; there is no/),
      },
      settings: {},
      account: { is: "none" },
    });
  });

  it("goes on where nothing is", async () => {
    expect(await gather(projectOf({}), NO_ACCOUNT)).toMatchObject({
      manifest: {},
      lock: undefined,
      installed: undefined,
      outputs: { are: "none" },
      build: undefined,
    });
  });

  it("takes the settings that the backend reads from the shell, and no other variable", async () => {
    const settings = { PARLEY_ORIGINS: "https://a.example", PARLEY_ACCESS_LOGS: "on" };
    const facts = await gather(projectOf({}), {
      ...NO_ACCOUNT,
      ...settings,
      PARLEY_VERBOSE: "on",
      HOME: "/",
    });

    expect(facts.settings).toEqual(settings);
  });

  it("looks for the account in the environment that it is given", async () => {
    const shell = { ...NO_ACCOUNT, AWS_ACCESS_KEY_ID: "AKIA1", AWS_SECRET_ACCESS_KEY: "s1" };

    expect((await gather(projectOf({}), shell)).account).toMatchObject({ from: "the keys in this shell" });
  });
});
