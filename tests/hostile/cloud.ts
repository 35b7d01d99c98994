// The product's own template on a cloud of this process, for hostile sockets and for those beside them.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportFileOf } from "../../local/iam/report-file";
import { runTemplate, type RunningTemplate } from "../../local/index";
import { synthesize } from "../../local/synth/synthesize";
import { readTemplate } from "../../local/template/template";
import { newPassword } from "../fixtures/account";
import { TEST_SYSTEM } from "../fixtures/system";

export type HostileCloud = {
  readonly cloud: RunningTemplate;
  readonly socketUrl: string;
  readonly dataDir: string;
  readonly end: () => Promise<void>;
};

/** `say`: what a developer would read on the console; with `verbose`, every line of the functions too. */
export async function startHostileCloud(
  say: (line: string) => void,
  verbose: boolean,
): Promise<HostileCloud> {
  const { assembly } = await synthesize({ outDir: TEST_SYSTEM.assemblies });
  const dataDir = mkdtempSync(join(tmpdir(), "parley-hostile-"));
  const cloud = await runTemplate({
    ...{ template: readTemplate(assembly), dataDir, port: 0, say, verbose },
    iamReport: reportFileOf(process.env, dataDir),
    onLost: (reason) => {
      throw reason;
    },
  });
  const end = async () => {
    await cloud.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { cloud, socketUrl: `${cloud.address.replace("http", "ws")}/chat`, dataDir, end };
}

export type Guest = { readonly email: string; readonly user: string; readonly token: string };

export async function admit({ userPool }: RunningTemplate, name: string): Promise<Guest> {
  const email = `${name}-canary@example.com`;
  const user = await userPool.ensureUser({ email, name: `${name} canary`, password: newPassword() });
  return { email, user, token: userPool.accessTokenFor(email) };
}
