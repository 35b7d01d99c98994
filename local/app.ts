// The Next app beside the cloud: built when something in it changed, then served.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Options, appAddressOf } from "./options";
import { type Child, startChild } from "./processes";
import { LOOPBACK } from "./server";

const NEXT = createRequire(import.meta.url).resolve("next/dist/bin/next");

/** Settings that are read while the app is built. */
const BUILD_SETTINGS = ["PARLEY_OFFLINE"];
const SOURCES = [
  "app",
  "components",
  "core",
  "public",
  "next.config.js",
  "tsconfig.json",
  "package-lock.json",
];
const READY_WITHIN_MS = 60_000;

/** Answers whether it had to build. */
export async function buildApp(options: Options): Promise<"built" | "unchanged"> {
  const keyFile = join(options.buildDir, "parley-build-key");
  const key = keyOf([...SOURCES, options.outputsFile]);
  if (existsSync(keyFile) && readFileSync(keyFile, "utf8") === key) return "unchanged";
  const output: string[] = [];
  const build = startChild({
    command: [process.execPath, NEXT, "build"],
    env: { ...environmentOf(options), NODE_ENV: "production", PARLEY_SKIP_TYPES: "on" },
    onLine: (line) => output.push(line),
  });
  const { code } = await build.ended;
  if (code !== 0)
    throw new Error("unable to build the app; this is what `next build` said", { cause: output.join("\n") });
  mkdirSync(options.buildDir, { recursive: true });
  writeFileSync(keyFile, key);
  return "built";
}

export async function startApp(
  options: Options,
  mode: "start" | "dev",
  onLine: (line: string) => void,
): Promise<Child> {
  const said: string[] = [];
  const child = startChild({
    command: [process.execPath, NEXT, mode, "--port", String(options.appPort), "--hostname", LOOPBACK],
    env: { ...environmentOf(options), NODE_ENV: mode === "dev" ? "development" : "production" },
    onLine: (line) => {
      said.push(line);
      onLine(line);
    },
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await answers(appAddressOf(options)))) {
    if (child.ending())
      throw new Error("unable to start the app; this is what it said", { cause: said.join("\n") });
    if (Date.now() > deadline)
      throw new Error(`unable to start the app; no answer in ${READY_WITHIN_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return child;
}

const environmentOf = (options: Options): NodeJS.ProcessEnv => ({
  ...process.env,
  PARLEY_OUTPUTS_FILE: options.outputsFile,
  PARLEY_BUILD: options.buildDir,
  NEXT_TELEMETRY_DISABLED: "1",
});

async function answers(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: "HEAD" });
    return true;
  } catch {
    return false;
  }
}

function keyOf(places: readonly string[]): string {
  const hash = createHash("sha256").update(process.versions.node);
  for (const name of BUILD_SETTINGS) hash.update(`${name}=${process.env[name] ?? ""};`);
  for (const file of places.flatMap(filesIn)) hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}

function filesIn(place: string): string[] {
  if (!existsSync(place)) return [];
  try {
    return readdirSync(place, { withFileTypes: true, recursive: true })
      .filter((each) => each.isFile() && !each.name.includes(".test."))
      .map((each) => join(each.parentPath, each.name))
      .sort();
  } catch {
    return [place];
  }
}
