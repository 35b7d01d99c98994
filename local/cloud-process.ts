// How the cloud's process is started.

import { fileURLToPath } from "node:url";

/** `nodeOptions`: Node's own. */
export const cloudCommand = (nodeOptions: readonly string[] = []): readonly string[] => [
  process.execPath,
  ...nodeOptions,
  ...["--import", "tsx", fileURLToPath(new URL("cloud.ts", import.meta.url))],
];

/**
 * glibc raises the bound from which it gives memory back with each large piece that is freed, up to 64 MB in each of the
 * threads' arenas. Where the bound stands still, the process is 30 MB smaller from the start on. Others ignore it.
 */
export const cloudEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  MALLOC_TRIM_THRESHOLD_: "131072",
  ...env,
});
