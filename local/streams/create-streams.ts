// The streams of the template's tables, on their way to functions. Without a mapping in the template nothing runs.

import type { Clock } from "../clock";
import type { Functions, Resource } from "../resources";
import { type Change, engineStreams } from "./engine-streams";
import { type Mapping, readMappings } from "./mapping";
import { startPoller, type Weather } from "./poller";

/** What a function's role must be permitted for its mapping: without it AWS refuses to make the mapping. */
export type AuthorizeMapping = (call: {
  readonly functionArn: string;
  /** "dynamodb:GetRecords" */
  readonly action: string;
  readonly resource: string;
}) => { readonly is: "allowed" } | { readonly is: "denied"; readonly message: string };

export type StreamsOptions = {
  readonly resources: readonly Resource[];
  readonly nameOf: (resource: Resource) => string;
  /** Asked for each call: an engine that was started again has another port. */
  readonly engineEndpoint: () => string;
  readonly functions: Functions;
  readonly queues: { readonly arns: readonly string[]; send(arn: string, body: string): Promise<void> };
  readonly clock: Clock;
  readonly dataDir: string;
  readonly tell: (line: string) => void;
  readonly weather?: Weather;
  /** Which removals were the service's own, since their time was over. */
  readonly expiry?: { deleted(table: string, change: Pick<Change, "keys" | "oldImage">): boolean };
  readonly authorize?: AuthorizeMapping;
};

export type Streams = {
  /** The tables whose changes somebody reads. */
  readonly tables: ReadonlySet<string>;
  /** After a write to a table: what reads its stream looks at once. */
  nudge(table: string): void;
  /** Resolves when all that was written before has reached its functions, or was given up. */
  idle(): Promise<void>;
  /** What runs in a function now comes again after the next start. */
  stop(): Promise<void>;
};

export function createStreams(options: StreamsOptions): Streams {
  const mappings = readMappings(options.resources, options.nameOf);
  for (const mapping of mappings) assertPossible(mapping, options);
  const engine = engineStreams(options.engineEndpoint);
  const { functions, clock, dataDir, tell, weather = {}, expiry, queues } = options;
  const pollers = mappings.map((mapping) =>
    startPoller({
      ...{ mapping, engine, functions, clock, dataDir, weather, tell },
      deletedByService: (table, change) => expiry?.deleted(table, change) ?? false,
      send: (arn, body) => queues.send(arn, body),
    }),
  );
  return {
    tables: new Set(pollers.map(({ table }) => table)),
    nudge: (table) => {
      for (const poller of pollers) if (poller.table === table) poller.nudge();
    },
    idle: async () => {
      await Promise.all(pollers.map((poller) => poller.idle()));
    },
    stop: async () => {
      await Promise.all(pollers.map((poller) => poller.stop()));
    },
  };
}

const STREAM_ACTIONS = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"];

function assertPossible(mapping: Mapping, { queues, authorize }: StreamsOptions): void {
  const { functionArn, streamArn, onFailure, table } = mapping;
  const refuse = (reason: string) =>
    new Error(`unable to bring the stream of ${table} to ${functionArn}; ${reason}`);
  if (onFailure !== undefined && !queues.arns.includes(onFailure))
    throw refuse(`its on-failure destination ${onFailure} is not a queue of this template`);
  const needed = [
    ...STREAM_ACTIONS.map((action) => ({ action: `dynamodb:${action}`, resource: streamArn })),
    ...(onFailure === undefined ? [] : [{ action: "sqs:SendMessage", resource: onFailure }]),
  ];
  for (const call of needed) {
    const verdict = authorize?.({ functionArn, ...call });
    if (verdict?.is === "denied") throw refuse(`AWS would refuse the mapping: ${verdict.message}`);
  }
}
