// The template's Lambda functions, each with its own bundle, variables and environments.

import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../clock";
import type { Gate } from "../database/gate";
import type { Functions, Invocation, Resource } from "../resources";
import { type Caller, Callers } from "./callers";
import { startEnvironment } from "./environment";
import { type FunctionLog, functionLog } from "./function-log";
import { createPool, type Pool } from "./pool";
import { Processors } from "./processors";
import { initStartLine, LINE_FEED_BYTES } from "./report-line";
import { type RoleKeys, roleKeys, sessionToken } from "./role-keys";
import { type FunctionSettings, functionNameIn, readSettings } from "./settings";
import { threadCode } from "./thread-code";
import { type Endpoints, environmentVariables, hostsOf } from "./variables";
import { unwatched, type Watch } from "./watch";

export type FunctionsTemplate = {
  readonly resources: readonly Resource[];
  /** Where the bundle of a function lies. The assembly names it by its content. */
  readonly assetDirectory: (resource: Resource) => string;
  /** What `Ref` says of a function: its physical name, which its ARN ends in. */
  readonly nameOf: (resource: Resource) => string;
};

export type FunctionsOptions = FunctionsTemplate & {
  readonly region: string;
  readonly clock: Clock;
  /** What their time-outs go by; the clock, if nobody says. */
  readonly pace?: Clock;
  readonly endpoints: Endpoints;
  readonly logsDir: string;
  readonly print?: (line: string) => void;
  /** Variables that every function gets besides the template's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the clock can be turned, what it was turned by: functions' `Date` follows it. */
  readonly clockOffset?: SharedArrayBuffer;
  readonly watch?: Watch;
  /** Where the tables' gate has an outpost in each environment. */
  readonly gate?: Pick<Gate, "outpost" | "passed" | "lost">;
};

export type LocalFunctions = Functions & {
  readonly keys: () => readonly RoleKeys[];
  /** Whose keys these are; undefined for made-up ones and those of an environment that has ended. */
  caller(accessKeyId: string, sessionToken: string | undefined): Caller | undefined;
  /** Whether an event waits or runs, or an environment loads, in any of them. */
  areBusy(): boolean;
  /** The names of all of them. */
  names(): readonly string[];
  /**
   * Takes over what changed: new bundles, new settings. Events that run now finish in the old ones; a function
   * that is as it was keeps its warm environments.
   */
  reload(template: FunctionsTemplate): void;
  /** Ends every environment at once, whatever runs in it, as a lost host would. */
  killEnvironments(functionName?: string): Promise<void>;
  stop(): Promise<void>;
};

type Entry = {
  readonly settings: FunctionSettings;
  readonly pool: Pool;
  readonly log: FunctionLog;
  readonly keys: RoleKeys;
};

export function createFunctions(options: FunctionsOptions): LocalFunctions {
  let entries = new Map<string, Entry>();
  const retired = new Map<Entry, Promise<void>>();
  const callers = new Callers();
  const processors = new Processors();

  const retire = (entry: Entry): void => {
    const gone = entry.pool.drain().then(async () => {
      await entry.log.close();
      retired.delete(entry);
    });
    retired.set(entry, gone);
  };

  const load = (template: FunctionsTemplate): void => {
    const fresh = new Map<string, Entry>();
    for (const settings of settingsIn(template, options.region)) {
      const old = entries.get(settings.name);
      const same = old !== undefined && isDeepStrictEqual(old.settings, settings);
      fresh.set(settings.name, same ? old : createEntry(settings, { ...options, callers, processors }));
    }
    for (const [name, entry] of entries) if (fresh.get(name) !== entry) retire(entry);
    entries = fresh;
  };
  load(options);

  return {
    invoke: async (arn, event, cause = ""): Promise<Invocation> => {
      const entry = entries.get(functionNameIn(arn) ?? arn);
      if (entry === undefined)
        throw new Error(`unable to invoke ${arn}; the template has no function of that name`);
      return entry.pool.invoke(event, cause);
    },
    keys: () => [...entries.values()].map((entry) => entry.keys),
    caller: (accessKeyId, token) => callers.find(accessKeyId, token),
    areBusy: () => [...entries.values(), ...retired.keys()].some(({ pool }) => pool.isBusy()),
    names: () => [...entries.keys()],
    reload: load,
    killEnvironments: async (functionName = "") => {
      const meant = [...entries.values(), ...retired.keys()].filter(({ settings }) =>
        settings.name.includes(functionName),
      );
      await Promise.all(meant.map((entry) => entry.pool.kill()));
    },
    stop: async () => {
      const all = [...entries.values(), ...retired.keys()];
      for (const entry of entries.values()) retire(entry);
      entries = new Map();
      await Promise.all(all.map((entry) => entry.pool.kill()));
      await Promise.all(retired.values());
    },
  };
}

function settingsIn(template: FunctionsTemplate, region: string): FunctionSettings[] {
  const settings = template.resources
    .filter((resource) => resource.type === "AWS::Lambda::Function")
    .map((resource) =>
      readSettings(resource, {
        region,
        name: template.nameOf(resource),
        directory: template.assetDirectory(resource),
      }),
    );
  // Two constructs may share a readable name: then the whole physical name tells their logs apart.
  const times = (shortName: string) => settings.filter((each) => each.shortName === shortName).length;
  return settings.map((each) => (times(each.shortName) > 1 ? { ...each, shortName: each.name } : each));
}

type Shared = FunctionsOptions & { readonly callers: Callers; readonly processors: Processors };

function createEntry(settings: FunctionSettings, options: Shared): Entry {
  const { region, clock, endpoints, callers, processors, watch = unwatched } = options;
  const keys = roleKeys(settings.name, settings.roleArn);
  const log = watchedLog(settings, options, keys.accessKeyId);
  const pool = createPool({
    settings,
    clock,
    log,
    watch,
    processors,
    start: async (onEnded) => {
      const token = sessionToken();
      const logStream = `${new Date().toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${randomUUID().replaceAll("-", "")}`;
      log.open(logStream);
      log.write(initStartLine(settings));
      const environment = startEnvironment({
        code: await threadCode(),
        setup: {
          functionName: settings.name,
          memoryMb: settings.memoryMb,
          directory: settings.directory,
          handler: settings.handler,
          logStream,
          hosts: hostsOf(region, endpoints),
          clockOffset: options.clockOffset,
          outpost: options.gate?.outpost,
        },
        variables: environmentVariables(settings, {
          region,
          keys,
          sessionToken: token,
          endpoints,
          logStream,
          extra: options.environment ?? {},
        }),
        pace: options.pace ?? clock,
        log: (line) => log.write(line),
        onEvent: (cause) => calling.begin(cause),
        onPassed: (calls) => options.gate?.passed(calling.caller, calls),
        onEnded: (ended) => {
          callers.remove(token);
          options.gate?.lost();
          onEnded(ended);
        },
      });
      const calling = callers.add(token, {
        functionName: settings.name,
        accessKeyId: keys.accessKeyId,
        crash: () => void environment.end(),
      });
      return environment;
    },
  });
  return { settings, pool, log, keys };
}

/** Lines are what CloudWatch would be sent; a role that may not send them writes none, and nobody is told there. */
function watchedLog(settings: FunctionSettings, options: FunctionsOptions, accessKeyId: string) {
  const { watch = unwatched } = options;
  const log = functionLog(options.logsDir, settings.shortName, options.print);
  let who = { functionName: settings.name, accessKeyId, stream: "" };
  let isOpen = false;
  return {
    close: log.close,
    open: (stream: string): void => {
      who = { ...who, stream };
      isOpen = watch.opensLog(who);
    },
    write: (line: string): void => {
      if (isOpen && watch.logs(who, Buffer.byteLength(line) + LINE_FEED_BYTES)) log.write(line);
    },
  };
}
