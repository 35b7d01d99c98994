// The probe on the local cloud, with data of its own, which begins and ends with the run.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { runTemplate } from "../../local/index";
import { REGION } from "../../local/resources";
import { readTemplate } from "../../local/template/template";
import type { Person, Place } from "./place";
import { synthesizeProbe } from "./synthesize-probe";

const DIRECTORY = ".local/conformance";

export type LocalPlace = { readonly place: Place; stop(): Promise<void> };

export async function startLocalPlace(people: readonly Person[]): Promise<LocalPlace> {
  const template = readTemplate(await synthesizeProbe(join(DIRECTORY, "assembly")));
  // A directory of this process: two runs on one tree must not meet.
  const dataDir = join(DIRECTORY, `data-${process.pid}`);
  const said: string[] = [];
  const cloud = await runTemplate({
    template,
    dataDir,
    port: 0,
    say: (line) => said.push(line),
    verbose: false,
    onLost: (reason) => said.push(String(reason)),
  });
  for (const { email, password } of people)
    await cloud.userPool.ensureUser({ email, password, name: "Probe" });
  const output = (name: string): string => {
    const value = template.outputs[name];
    if (value === undefined) throw new Error(`unable to find the probe; its stack has no output ${name}`);
    return value;
  };
  const socket = (name: string) =>
    output(name).replace(/^wss:\/\/[^/]+/, cloud.address.replace("http", "ws"));
  return {
    place: {
      region: REGION,
      mainUrl: socket("MainUrl"),
      bareUrl: socket("BareUrl"),
      poolUrl: `${cloud.address}/cognito`,
      poolId: output("PoolId"),
      hidingClientId: output("HidingClientId"),
      tellingClientId: output("TellingClientId"),
      people,
      control: { address: cloud.address, token: cloud.controlToken },
    },
    stop: async () => {
      await cloud.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
