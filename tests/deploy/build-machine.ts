// Runs the commands of amplify.yml as Amplify Hosting does, in a clone, with the stand-in for the account.

import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandsOf, readBuildSpec } from "../../local/doctor/build-spec";
import { startChild } from "../../local/processes";

export const APP_ID = "d1a2b3c4d5e6f7";

/** Of this machine's environment what a build machine has too: no settings of ours, of a test runner or of npm. */
const LEFT_OUT = /^(PARLEY_|AWS_|AMPLIFY_|VITEST|NODE_ENV$|npm_|CI$|FORCE_COLOR$)/;

export type BuildMachine = {
  readonly folder: string;
  readonly branch: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** A build machine's `nvm` is a function of its shell; here a program that takes the same command and does nothing. */
const NVM = fileURLToPath(new URL("nvm-stand-in", import.meta.url));

export function environmentOf(machine: BuildMachine): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !LEFT_OUT.test(name))),
    PATH: `${NVM}${delimiter}${process.env["PATH"] ?? ""}`,
    CI: "true",
    AWS_BRANCH: machine.branch,
    AWS_APP_ID: APP_ID,
    ...machine.environment,
  };
}

/** Stops at the first command that fails, with what it said. */
export async function runCommands(machine: BuildMachine, commands: readonly string[]): Promise<void> {
  for (const command of commands) {
    const lines: string[] = [];
    const { ended } = startChild({
      command: ["/bin/sh", "-c", command],
      cwd: machine.folder,
      env: environmentOf(machine),
      onLine: (line) => lines.push(line),
    });
    const { code } = await ended;
    if (code !== 0) throw new Error(`unable to run \`${command}\`; it said:\n${lines.slice(-40).join("\n")}`);
  }
}

export const commandsIn = (folder: string, half: "backend" | "frontend"): readonly string[] =>
  commandsOf(readBuildSpec(readFileSync(join(folder, "amplify.yml"), "utf8")), half);
