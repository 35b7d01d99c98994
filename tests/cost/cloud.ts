// A local cloud of one's own, in this process, on a port and data that nobody else uses.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { runTemplate, type RunningTemplate } from "../../local/index";
import { writeOutputs } from "../../local/outputs/write-outputs";
import { createPages } from "../../local/pages/create-pages";
import { synthesize } from "../../local/synth/synthesize";
import { readTemplate } from "../../local/template/template";
import { place, type Place } from "../fixtures/place";
import { TEST_SYSTEM } from "../fixtures/system";

const DATA_DIR = ".local/cost/cloud";

export type CostCloud = RunningTemplate & { readonly place: Place };

export async function startCostCloud(): Promise<CostCloud> {
  rmSync(DATA_DIR, { recursive: true, force: true });
  const { assembly } = await synthesize({ outDir: TEST_SYSTEM.assemblies });
  const cloud = await runTemplate({
    template: readTemplate(assembly),
    dataDir: DATA_DIR,
    port: 0,
    say: () => {},
    verbose: false,
    first: ({ userPool: { mails } }) => [
      createPages({ front: () => ({ links: [], running: [] }), mails, logsDir: join(DATA_DIR, "logs") }),
    ],
    onLost: (reason) => {
      throw reason;
    },
  });
  const outputs = join(DATA_DIR, "amplify_outputs.json");
  await writeOutputs({ template: cloud.template, cloudAddress: cloud.address, file: outputs });
  process.env["PARLEY_OUTPUTS_FILE"] = outputs;
  return { ...cloud, place: place() };
}
