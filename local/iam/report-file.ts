// Where a cloud keeps its report. Each data directory has a file of its own, since one cloud at a time runs on it: two
// clouds at once cannot lose each other's counts, and nobody needs a lock. Who reads reports adds them up.
//
//   <data>/iam.json                    by itself
//   $PARLEY_IAM_REPORT/<digest>.json   where that names a directory, which a whole test run does; the digest is of
//                                      the data directory's path
//
// Written a second after something was counted at the latest, by rename: kill -9 loses that second and no more.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isRecord } from "../template/json";
import type { Report } from "./report";

/** Where a whole test run has all of its clouds leave their reports. */
export const TEST_RUN_REPORTS = join(".local", "reports", "iam");

export function reportFileOf(env: Readonly<Record<string, string | undefined>>, dataDir: string): string {
  const directory = env["PARLEY_IAM_REPORT"];
  if (directory === undefined || directory === "") return join(dataDir, "iam.json");
  const digest = createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 16);
  return join(directory, `${digest}.json`);
}

export type KeptReport = {
  /** Something was counted. As cheap as it can be: called at every call of every function. */
  changed(): void;
  report(): Report;
  stop(): void;
};

const WRITE_EVERY_MS = 1_000;

export function keepReport(
  file: string,
  reportWith: (earlier: Report | undefined) => Report,
  tell: (line: string) => void,
): KeptReport {
  const earlier = readReport(file);
  let waiting: NodeJS.Timeout | undefined;
  let failed = false;
  const write = () => {
    clearTimeout(waiting);
    waiting = undefined;
    try {
      writeWhole(file, reportWith(earlier));
    } catch (error) {
      // The cloud does its work without; once is enough to say it.
      if (!failed) tell(`unable to write the IAM report; ${String(error)}`);
      failed = true;
    }
  };
  write();
  return {
    changed: () => {
      waiting ??= setTimeout(write, WRITE_EVERY_MS).unref();
    },
    report: () => reportWith(earlier),
    stop: write,
  };
}

function writeWhole(file: string, report: Report): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.next`, JSON.stringify(report));
  renameSync(`${file}.next`, file);
}

/** Undefined where there is none, or none that this version of the program reads. */
export function readReport(file: string): Report | undefined {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isReport(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** In a file, or in each file of a directory. */
export function readReports(place: string): readonly Report[] {
  const isDirectory = statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
  const files = isDirectory
    ? readdirSync(place)
        .filter((name) => name.endsWith(".json"))
        .map((name) => join(place, name))
    : [place];
  return files.flatMap((file) => readReport(file) ?? []);
}

const isText = (value: unknown) => typeof value === "string";
const isCount = (value: unknown) => typeof value === "number";
const each = (value: unknown, is: (item: unknown) => boolean) => Array.isArray(value) && value.every(is);

function isReport(stored: unknown): stored is Report {
  return (
    isRecord(stored) &&
    isText(stored["stack"]) &&
    isCount(stored["startedAt"]) &&
    isRecord(stored["names"]) &&
    each(Object.values(stored["names"]), isText) &&
    each(stored["notRun"], isText) &&
    each(stored["roles"], isRoleUse)
  );
}

const isRoleUse = (value: unknown): boolean =>
  isRecord(value) &&
  isText(value["role"]) &&
  isText(value["fingerprint"]) &&
  each(value["functions"], isText) &&
  each(value["granted"], (grant) => isUse(grant, "used")) &&
  each(value["denied"], (denial) => isUse(denial, "times") && isText(denial["functionName"]));

const isUse = (value: unknown, count: string): value is Record<string, unknown> =>
  isRecord(value) && isText(value["action"]) && isText(value["resource"]) && isCount(value[count]);
