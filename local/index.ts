// The composition root of the local cloud: starts a part for each kind of resource in a template. It knows nothing
// of chat.
//
//   functions ──▶ gate ──▶ engine           who may, what goes wrong, what it costs
//       │ └── outpost ───▲                  what the gate need not look at first
//       └─ POST ─▶ gateway ◀── sockets      the same three
//
// Order matters: functions need the tables' address, the socket needs the functions, and nothing may come in before
// all of it stands.

import { join } from "node:path";
import { type Alarms, createAlarms } from "./alarms/create-alarms";
import { createControl } from "./control/create-control";
import { partitionKeysIn } from "./database/partitions";
import { startGate } from "./database/gate";
import { createFunctions, type LocalFunctions } from "./functions/functions";
import { functionNameIn } from "./functions/settings";
import { createGateway, type Gateway } from "./gateway/gateway";
import { createDynamoRequests } from "./iam/dynamo-requests";
import { createIam, type Iam } from "./iam/create-iam";
import { createMeter } from "./meter/create-meter";
import type { Meter } from "./meter/meter";
import { type OffsetClock, offsetClock } from "./offset-clock";
import { freePort } from "./ports";
import { createQueues, type Queues } from "./queues/create-queues";
import { REGION, type Surface } from "./resources";
import { startServer } from "./server";
import { createStreams, type Streams } from "./streams/create-streams";
import { createExpiry } from "./tables/expiry";
import { type LocalTables, startTables } from "./tables/tables";
import { assetDirectory } from "./template/assembly";
import type { Template } from "./template/template";
import { createUserPool, type UserPool } from "./user-pool/create-user-pool";
import { watchFunctions } from "./watch-functions";
import { wallClock } from "./wall-clock";
import { createWeather, type Weather } from "./weather/weather";

export type RunningTemplate = {
  readonly template: Template;
  /** "http://localhost:3001" */
  readonly address: string;
  readonly controlToken: string;
  readonly clock: OffsetClock;
  readonly weather: Weather;
  readonly meter: Meter;
  readonly iam: Iam;
  readonly userPool: UserPool;
  readonly functions: LocalFunctions;
  readonly gateway: Gateway;
  readonly queues: Queues;
  readonly alarms: Alarms;
  readonly streams: Streams;
  readonly tables: LocalTables;
  /** Where functions reach DynamoDB. The engine itself, which permits everything, is at `tables.endpoint`. */
  readonly databaseEndpoint: string;
  stop(): Promise<void>;
};

/** What the parts that are not of the template may use. */
export type RunningParts = Pick<RunningTemplate, "userPool" | "tables" | "clock" | "gateway" | "streams">;

export type RunSetting = {
  readonly template: Template;
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What a developer should read: mails, refused handshakes, denied calls. */
  readonly say: (line: string) => void;
  /** Functions' own lines to `say` too; they are in files always. */
  readonly verbose: boolean;
  /** Parts that are not of the template and are asked first. */
  readonly first?: (parts: RunningParts) => readonly Surface[];
  readonly onLost: (reason: Error) => void;
  /** The clock was turned by so much when what is stored was written. */
  readonly clockAheadMs?: number;
  /** Where the IAM report is kept; in the data directory if nobody says. */
  readonly iamReport?: string;
};

export async function runTemplate(setting: RunSetting): Promise<RunningTemplate> {
  const { template, dataDir, say } = setting;
  const { resources, nameOf } = template;
  const tables = await startTables({ resources, nameOf, dataDir, onLost: setting.onLost });
  const port = setting.port === 0 ? await freePort() : setting.port;
  const address = `http://localhost:${port}`;
  const clock = offsetClock(setting.clockAheadMs);
  const weather = createWeather();
  const meter = createMeter();
  const userPool = createUserPool({
    ...{ resources, nameOf, dataDir, clock },
    onMail: ({ to, code }) => say(`mail to ${to}: ${code}`),
    onSignIn: (sub) => meter.signedIn(sub),
    tell: say,
  });
  const iam = createIam({
    ...{ resources, nameOf, tell: say, keys: () => functions.keys() },
    stackName: template.assembly.stackName,
    reportFile: setting.iamReport ?? join(dataDir, "iam.json"),
  });
  const requestsOf = createDynamoRequests(template);
  const partitionKeys = partitionKeysIn(resources, nameOf);
  const gate = await startGate({
    ...{ weather, meter, clock },
    engine: () => tables.endpoint,
    callerOf: (accessKeyId, token) => functions.caller(accessKeyId, token),
    authorize: ({ caller: { accessKeyId }, action, input }) => {
      let always = true;
      for (const request of requestsOf(action, input)) {
        const verdict = iam.decide({ accessKeyId, ...request });
        if (verdict.is === "denied") return verdict;
        always &&= verdict.always === true;
      }
      return always ? { is: "allowed", always } : { is: "allowed" };
    },
    partitionKeys: () => partitionKeys,
    onWrite: (table) => streams.nudge(table),
  });
  const logsDir = join(dataDir, "logs");
  const functions = createFunctions({
    ...{ resources, nameOf, clock, logsDir },
    assetDirectory: (resource) => assetDirectory(template.assembly, resource),
    region: REGION,
    endpoints: { dynamodb: gate.endpoint, apiGatewayManagement: address, cognitoIdp: address },
    clockOffset: clock.offset,
    pace: wallClock,
    gate,
    watch: watchFunctions({ meter, weather, iam }),
    ...(setting.verbose ? { print: say } : {}),
  });
  const gateway = createGateway({
    ...{ resources, nameOf, functions, clock, meter, weather, print: say },
    mayInvoke: (functionArn, sourceArn) =>
      iam.mayInvoke({ functionArn, sourceArn, principal: "apigateway.amazonaws.com" }),
    authorize: ({ sessionToken, ...request }) => {
      const caller = functions.caller(request.accessKeyId, sessionToken);
      if (caller === undefined)
        return { is: "denied", message: "The security token included in the request is invalid." };
      const verdict = iam.decide(request);
      return verdict.is === "denied" ? verdict : { is: "allowed", caller };
    },
  });
  const queues = createQueues({
    ...{ resources, nameOf, dataDir, clock },
    authorize: (request) => iam.decide(request),
    onArrival: (arn) => alarms.arrived(arn),
  });
  const alarms = createAlarms({ resources, nameOf, queues, clock, tell: say });
  const engineEndpoint = () => tables.endpoint;
  const expiry = createExpiry({
    ...{ resources, nameOf, engineEndpoint, clock, dataDir, tell: say },
    onDeleted: (table) => streams.nudge(table),
  });
  const streams = createStreams({
    ...{ resources, nameOf, engineEndpoint, functions, queues, clock, dataDir, expiry, tell: say },
    weather: { delayMs: () => weather.streamDelayMs(), replay: () => weather.streamReplays() },
    authorize: ({ functionArn, ...request }) => {
      const keys = functions.keys().find(({ functionName }) => functionName === functionNameIn(functionArn));
      return iam.decide({ accessKeyId: keys?.accessKeyId ?? "", ...request });
    },
  });
  const control = createControl({
    state: () => ({
      now: clock.now(),
      weather: weather.settings(),
      connections: gateway.connections(),
      functions: functions.names(),
    }),
    turn: (byMs) => clock.turn(byMs),
    setWeather: (settings) => weather.set(settings),
    cut: (connectionId, code) =>
      gateway
        .connections()
        .filter(({ id }) => connectionId === undefined || id === connectionId)
        .filter(({ id }) => gateway.cut(id, code === undefined ? undefined : { code, reason: "" })).length,
    killEnvironments: (functionName) => functions.killEnvironments(functionName),
    killEngine: () => tables.kill(),
    killCloud: () => process.kill(process.pid, "SIGKILL"),
    meter: () => ({ ...meter.snapshot(), open: openConnections(gateway, clock) }),
    resetMeter: () => meter.reset(),
    iam: () => iam.report(),
    queues: () => queues.arns.map((arn) => ({ arn, ...queues.depth(arn), alarms: alarms.of(arn) })),
  });
  const first = setting.first?.({ userPool, tables, clock, gateway, streams }) ?? [];
  const server = await startServer([...first, gateway, userPool, queues, control], port);
  return {
    ...{
      template,
      address,
      clock,
      weather,
      meter,
      iam,
      userPool,
      functions,
      gateway,
      queues,
      alarms,
      streams,
      tables,
    },
    controlToken: control.token,
    databaseEndpoint: gate.endpoint,
    stop: async () => {
      await gateway.close();
      await server.close();
      await streams.stop();
      await expiry.stop();
      await functions.stop();
      await gate.close();
      alarms.stop();
      await queues.stop();
      iam.stop();
      await tables.stop();
    },
  };
}

/** These are billed when they end; until then they are told beside the rest. */
function openConnections(gateway: Gateway, clock: OffsetClock) {
  const open = gateway.connections();
  const now = clock.now();
  return {
    count: open.length,
    connectedMs: open.reduce((sum, { connectedAt }) => sum + now - connectedAt, 0),
  };
}
