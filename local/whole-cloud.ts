// The backend as one runs it on a laptop: synthesized, running, with the outputs that the app is built from and the
// pages of this machine.

import { join } from "node:path";
import { reportFileOf } from "./iam/report-file";
import { type RunningParts, type RunningTemplate, runTemplate } from "./index";
import { appAddressOf, cloudAddressOf, type Options } from "./options";
import { writeOutputs } from "./outputs/write-outputs";
import { createPages } from "./pages/create-pages";
import type { Front } from "./pages/front-page";
import type { Progress } from "./progress";
import type { Surface } from "./resources";
import { synthesize } from "./synth/synthesize";
import type { LocalTables } from "./tables/tables";
import { readTemplate, type Template } from "./template/template";

export type CloudSetting = {
  readonly options: Options;
  readonly progress: Progress;
  /** Functions' own lines on the console too; they are in files always. */
  readonly verbose: boolean;
  /** Parts that are not of the template and are asked first, since they go by the host: the demo's seats. */
  readonly first: (parts: RunningParts, socketPath: string) => readonly Surface[];
  readonly onLost: (reason: Error) => void;
};

export async function startCloud(setting: CloudSetting): Promise<RunningTemplate> {
  const { options, progress, verbose, onLost } = setting;
  const { dataDir } = options;
  const say = (line: string) => progress.say(line);
  const { assembly } = await progress.step(
    "synthesize the backend",
    () => synthesize({ outDir: join(dataDir, "assembly") }),
    ({ was }) => was,
  );
  const template = readTemplate(assembly);
  const cloud = await progress.step(
    "start tables, functions, sign-in and socket",
    () =>
      runTemplate({
        ...{ template, dataDir, say, verbose, onLost },
        port: options.cloudPort,
        clockAheadMs: options.clockAheadMs,
        iamReport: reportFileOf(process.env, dataDir),
        first: (parts) => [
          ...setting.first(parts, socketPathOf(template)),
          createPages({
            front: () => front(options, parts.tables),
            mails: parts.userPool.mails,
            logsDir: join(dataDir, "logs"),
          }),
        ],
      }),
    ({ tables: { engine } }) => `${engine.name} ${engine.version}`,
  );
  for (const remark of cloud.tables.engine.remarks) say(remark);
  const { keptAs } = await writeOutputs({
    template,
    cloudAddress: cloudAddressOf(options),
    file: options.outputsFile,
  });
  if (keptAs) say(`${options.outputsFile} was of a deployment; it is kept as ${keptAs}`);
  return cloud;
}

/** "/chat": the template has one stage. */
function socketPathOf({ resources }: Template): string {
  const stage = resources.find(({ type }) => type === "AWS::ApiGatewayV2::Stage");
  const name = stage?.properties["StageName"];
  if (typeof name !== "string")
    throw new Error("unable to name the socket's path; the template has no AWS::ApiGatewayV2::Stage");
  return `/${name}`;
}

const front = (options: Options, tables: LocalTables): Front => ({
  links: [
    { title: "Demo", address: "/demo", what: "Ada and Grace side by side" },
    { title: "App", address: appAddressOf(options), what: "Sign up with any address" },
    { title: "Mail", address: "/mail", what: "The codes that would have been mailed" },
    { title: "Logs", address: "/logs", what: "What the functions wrote" },
  ],
  running: [
    {
      name: "Tables",
      as: `${tables.engine.name} ${tables.engine.version}, kept in ${options.dataDir}/tables`,
    },
    { name: "Functions", as: `in threads; their lines are in ${options.dataDir}/logs` },
    { name: "Outputs", as: options.outputsFile },
  ],
});
