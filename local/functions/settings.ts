import { ACCOUNT, type Resource } from "../resources";
import { isRecord } from "../template/json";

/** A function as the template has it, with Lambda's defaults filled in. */
export type FunctionSettings = {
  readonly name: string;
  readonly arn: string;
  /** Without the hash that the CDK appends: names the log file. */
  readonly shortName: string;
  readonly roleArn: string;
  readonly runtime: string;
  readonly handler: string;
  readonly directory: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Where the template sets no reserved concurrency, only this machine is the limit. */
  readonly reservedConcurrency: number | undefined;
};

const DEFAULT_MEMORY_MB = 128;
const DEFAULT_TIMEOUT_SECONDS = 3;

export const functionArn = (region: string, name: string): string =>
  `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`;

/** The name in an ARN, or in an API Gateway invocation URI that holds one. */
export function functionNameIn(arn: string): string | undefined {
  return /:function:([A-Za-z0-9_-]+)/.exec(arn)?.[1];
}

export function readSettings(
  resource: Resource,
  place: { readonly region: string; readonly name: string; readonly directory: string },
): FunctionSettings {
  const { properties } = resource;
  const refuse = (reason: string) => new Error(`unable to run function ${resource.id}; ${reason}`);
  const runtime = text(properties["Runtime"]);
  if (!runtime.startsWith("nodejs"))
    throw refuse(`its runtime is "${runtime}", and only nodejs runtimes run here`);
  const handler = text(properties["Handler"]);
  if (!/^[^.]+(\.[^./]+)+$/.test(handler)) throw refuse(`its handler "${handler}" is not "file.export"`);
  return {
    name: place.name,
    arn: functionArn(place.region, place.name),
    shortName: shortNameOf(resource.id),
    roleArn: text(properties["Role"]),
    runtime,
    handler,
    directory: place.directory,
    memoryMb: count(properties["MemorySize"]) ?? DEFAULT_MEMORY_MB,
    timeoutMs: (count(properties["Timeout"]) ?? DEFAULT_TIMEOUT_SECONDS) * 1_000,
    environment: variablesIn(properties["Environment"]),
    reservedConcurrency: count(properties["ReservedConcurrentExecutions"]),
  };
}

/** "chat1A2B/ChatFramesFunction3C4D5E6F" is "ChatFrames". */
function shortNameOf(id: string): string {
  const logicalId = id.split("/").at(-1) ?? id;
  const bare = logicalId.replace(/[0-9A-F]{8}$/, "").replace(/(Function|Lambda)$/, "");
  return bare === "" ? logicalId : bare;
}

function variablesIn(environment: unknown): Record<string, string> {
  if (!isRecord(environment) || !isRecord(environment["Variables"])) return {};
  return Object.fromEntries(
    Object.entries(environment["Variables"]).map(([name, value]) => [name, String(value)]),
  );
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** CloudFormation takes numbers as text too. */
const count = (value: unknown): number | undefined =>
  value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value);
