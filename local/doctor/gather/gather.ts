import { availableEngine } from "../../tables/engines";
import type { Facts } from "../facts";
import { readAccount } from "./account";
import { checkTypes, readBackend } from "./backend";
import { readBuild, readJson, readOutputs, readRepository, readSources, said } from "./files";

/** The slow ones side by side: synthesizing, checking types, asking AWS. */
export async function gather(root: string, env: NodeJS.ProcessEnv): Promise<Facts> {
  const [backend, types, account] = await Promise.all([
    readBackend(root),
    checkTypes(root),
    readAccount(env),
  ]);
  return {
    node: process.versions.node,
    npm: said(root, "npm", "--version"),
    engine: readEngine(),
    manifest: readJson(root, "package.json") ?? {},
    lock: readJson(root, "package-lock.json"),
    installed: readJson(root, "node_modules/.package-lock.json"),
    repository: readRepository(root),
    sources: readSources(root),
    outputs: readOutputs(root),
    build: readBuild(root),
    types,
    backend,
    settings: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) =>
        /^PARLEY_(ORIGINS|ACCESS_LOGS|RATE_MESSAGES|ALARM_TOPIC)$/.test(name) && value !== undefined
          ? [[name, value]]
          : [],
      ),
    ),
    account,
  };
}

function readEngine(): Facts["engine"] {
  try {
    const { name, version } = availableEngine();
    return { is: "found", name: `${name} ${version}` };
  } catch (problem) {
    return { is: "missing", says: problem instanceof Error ? problem.message : String(problem) };
  }
}
