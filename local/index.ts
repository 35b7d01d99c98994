// The composition root of the local cloud: reads the template that the backend synthesizes and starts a part for
// each kind of resource in it. It knows nothing of chat.
//
// Order matters: functions need the tables' address, the socket needs the functions, and nothing may come in
// before all of it stands.

import { join } from "node:path";
import { createFunctions } from "./functions/functions";
import { createGateway } from "./gateway/gateway";
import { appAddressOf, cloudAddressOf, type Options } from "./options";
import { writeOutputs } from "./outputs/write-outputs";
import type { Front } from "./pages/front-page";
import { createPages } from "./pages/create-pages";
import type { Progress } from "./progress";
import { REGION, type Surface } from "./resources";
import { startServer } from "./server";
import { synthesize } from "./synth/synthesize";
import { type LocalTables, startTables } from "./tables/tables";
import { assetDirectory } from "./template/assembly";
import { readTemplate, type Template } from "./template/template";
import { createUserPool, type UserPool } from "./user-pool/create-user-pool";
import { wallClock } from "./wall-clock";

export type Cloud = {
  readonly template: Template;
  readonly userPool: UserPool;
  stop(): Promise<void>;
};

export type CloudSetting = {
  readonly options: Options;
  readonly progress: Progress;
  /** Functions' own lines on the console too; they are in files always. */
  readonly verbose: boolean;
  /** Parts that are not of the template and are asked first, since they go by the host: the demo's seats. */
  readonly first: (userPool: UserPool, socketPath: string) => readonly Surface[];
  readonly onLost: (reason: Error) => void;
};

export async function startCloud(setting: CloudSetting): Promise<Cloud> {
  const { options, progress } = setting;
  const say = (line: string) => progress.say(line);
  const { assembly } = await progress.step(
    "synthesize the backend",
    () => synthesize({ outDir: join(options.dataDir, "assembly") }),
    ({ was }) => was,
  );
  const template = readTemplate(assembly);
  const { resources, nameOf } = template;
  const tables = await progress.step(
    "start the tables",
    () => startTables({ resources, nameOf, dataDir: options.dataDir, onLost: setting.onLost }),
    ({ engine }) => `${engine.name} ${engine.version}`,
  );
  for (const remark of tables.engine.remarks) say(remark);
  const parts = await progress.step("start functions, sign-in and socket", async () => {
    const clock = wallClock;
    const userPool = createUserPool({
      resources,
      nameOf,
      dataDir: options.dataDir,
      clock,
      onMail: ({ to, code }) => say(`mail to ${to}: ${code}`),
      tell: say,
    });
    const address = cloudAddressOf(options);
    const logsDir = join(options.dataDir, "logs");
    const functions = createFunctions({
      resources,
      nameOf,
      assetDirectory: (resource) => assetDirectory(template.assembly, resource),
      region: REGION,
      clock,
      endpoints: { dynamodb: tables.endpoint, apiGatewayManagement: address, cognitoIdp: address },
      logsDir,
      ...(setting.verbose ? { print: say } : {}),
    });
    const gateway = createGateway({ resources, nameOf, functions, clock, print: say });
    const pages = createPages({ front: () => front(options, tables), mails: userPool.mails, logsDir });
    const server = await startServer(
      [...setting.first(userPool, socketPathOf(template)), gateway, userPool, pages],
      options.cloudPort,
    );
    return { userPool, functions, gateway, server };
  });
  const { keptAs } = await writeOutputs({
    template,
    cloudAddress: cloudAddressOf(options),
    file: options.outputsFile,
  });
  if (keptAs) say(`${options.outputsFile} was of a deployment; it is kept as ${keptAs}`);
  return {
    template,
    userPool: parts.userPool,
    stop: async () => {
      await parts.gateway.close();
      await parts.server.close();
      await parts.functions.stop();
      await tables.stop();
    },
  };
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
