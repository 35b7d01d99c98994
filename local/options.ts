// Where this run listens and keeps its things.

import { join } from "node:path";

export type Options = {
  readonly appPort: number;
  readonly cloudPort: number;
  readonly dataDir: string;
  /** Where the backend's outputs go, and where the app reads them. */
  readonly outputsFile: string;
  /** Where Next builds to; two runs at once on one tree need two. */
  readonly buildDir: string;
  /** How far ahead of this machine the cloud starts: as far as its clock was turned when it was killed. */
  readonly clockAheadMs: number;
};

export function readOptions(env: Readonly<Record<string, string | undefined>>): Options {
  return {
    appPort: port("PARLEY_APP_PORT", env["PARLEY_APP_PORT"] ?? "3000"),
    cloudPort: port("PARLEY_CLOUD_PORT", env["PARLEY_CLOUD_PORT"] ?? "3001"),
    dataDir: env["PARLEY_DATA"] ?? ".local",
    outputsFile: env["PARLEY_OUTPUTS_FILE"] ?? "amplify_outputs.json",
    buildDir: env["PARLEY_BUILD"] ?? ".next",
    clockAheadMs: milliseconds("PARLEY_CLOCK_AHEAD_MS", env["PARLEY_CLOCK_AHEAD_MS"] ?? "0"),
  };
}

export const appAddressOf = (options: Options) => `http://localhost:${options.appPort}`;
export const cloudAddressOf = (options: Options) => `http://localhost:${options.cloudPort}`;
export const announcementFileOf = (options: Options) => join(options.dataDir, "cloud.json");

function port(name: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 65_535)
    throw new Error(`unable to read ${name}; "${text}" is no port: give a number from 1 to 65535`);
  return value;
}

function milliseconds(name: string, text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new Error(`unable to read ${name}; "${text}" is no number of milliseconds: give one from 0`);
  return Number(text);
}
