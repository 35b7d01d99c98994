// What must be there before a start, each with its cure.

import { mkdir, statfs } from "node:fs/promises";
import { fetchDynoxide } from "./tables/dynoxide";
import { availableEngine, needsFetching } from "./tables/engines";

/** As `engines` in package.json. */
const OLDEST_NODE = [20, 19] as const;

/** A build of the app and its cache take about 100 MB, the databases start with less than one. */
const LEAST_DISK_BYTES = 200 * 1_024 * 1_024;

export type Preflight = {
  readonly dataDir: string;
  /** Shows a person that something takes a while. */
  readonly step?: (name: string, act: () => Promise<unknown>) => Promise<unknown>;
};

export async function preflight(options: Preflight): Promise<void> {
  assertNode(process.versions.node);
  assertPlatform(process.platform);
  const { step = (_name, act) => act() } = options;
  if (needsFetching()) await step("fetch the database engine (8 MB)", () => fetchDynoxide());
  availableEngine();
  await mkdir(options.dataDir, { recursive: true });
  const { bavail, bsize } = await statfs(options.dataDir);
  assertDisk(bavail * bsize, options.dataDir);
}

export function assertNode(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Error(
    `unable to start with Node ${version}; Parley needs ${OLDEST_NODE.join(".")} or newer: install it from https://nodejs.org or with \`nvm install 22\``,
  );
}

export function assertPlatform(platform: NodeJS.Platform): void {
  if (platform !== "win32") return;
  throw new Error(
    "unable to start on Windows itself; the local cloud needs a Unix shell: run it inside WSL, see https://learn.microsoft.com/windows/wsl/install",
  );
}

export function assertDisk(freeBytes: number, place: string): void {
  if (freeBytes >= LEAST_DISK_BYTES) return;
  const megabytes = (bytes: number) => Math.floor(bytes / (1_024 * 1_024));
  throw new Error(
    `unable to start with ${megabytes(freeBytes)} MB of disk left at ${place}; free some until there are ${megabytes(LEAST_DISK_BYTES)} MB`,
  );
}
