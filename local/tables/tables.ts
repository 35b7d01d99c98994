// The template's tables in a real DynamoDB engine on this machine.

import { join, resolve } from "node:path";
import { lockDirectory } from "../directory-lock";
import type { Resource } from "../resources";
import { type EngineClient, engineClient } from "./engine-client";
import { startEngine } from "./engine-process";
import { availableEngine, type Engine } from "./engines";
import { makeTables, type TableChange } from "./make-tables";
import { prepareStreams } from "./stream-index";
import { tableDefinition } from "./table-definition";

export type TablesOptions = {
  readonly resources: readonly Resource[];
  readonly nameOf: (resource: Resource) => string;
  readonly dataDir: string;
  /** When the engine has ended and cannot be started again. */
  readonly onLost?: (reason: Error) => void;
};

export type LocalTables = {
  readonly endpoint: string;
  readonly engine: Pick<Engine, "name" | "version" | "remarks">;
  /** What had to be done to the tables at the start. */
  readonly changes: readonly TableChange[];
  /** Follows a changed template, on the running engine. */
  follow(
    resources: readonly Resource[],
    nameOf: (resource: Resource) => string,
  ): Promise<readonly TableChange[]>;
  /** Ends the engine as a power cut would; it is started again on its files. */
  kill(): void;
  stop(): Promise<void>;
};

export async function startTables(options: TablesOptions): Promise<LocalTables> {
  const engine = availableEngine();
  const directory = resolve(join(options.dataDir, "tables"));
  const lock = lockDirectory(directory);
  const release = () => lock.release();
  try {
    const remarks = await prepareStreams(engine, directory, options.resources);
    const running = await keepRunning(engine, directory, (reason) => {
      release();
      options.onLost?.(reason);
    });
    const stop = async () => {
      await running.stop();
      release();
    };
    const { endpoint, kill } = running;
    const follow = followOn(engineClient(endpoint));
    const changes = await follow(options.resources, options.nameOf).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return {
      ...{ endpoint, changes, follow, kill, stop },
      engine: { ...engine, remarks: [...engine.remarks, ...remarks] },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** One that is ended from outside comes back; one that cannot live would only end again. */
const MOST_RESTARTS = 5;
const WITHIN_MS = 10_000;

/** An engine that ends by itself is started again on its files, as a failed node is replaced on AWS. */
async function keepRunning(engine: Engine, directory: string, onLost: (reason: Error) => void) {
  const { endpoint, port, child: first } = await startEngine(engine, directory);
  let child = first;
  let stopping = false;
  let restarts: number[] = [];
  const watch = (): void =>
    void child.ended.then(async ({ code, signal }) => {
      if (stopping) return;
      const now = performance.now();
      restarts = [...restarts.filter((at) => now - at < WITHIN_MS), now];
      try {
        if (restarts.length > MOST_RESTARTS)
          throw new Error(`it ended with ${signal ?? `code ${code ?? "unknown"}`} again and again`);
        ({ child } = await startEngine(engine, directory, port));
        if (stopping) await child.stop();
        else watch();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        onLost(new Error(`unable to go on; the tables' engine is lost: ${reason}: start again`));
      }
    });
  watch();
  return {
    endpoint,
    kill: () => child.kill(),
    stop: async () => {
      stopping = true;
      await child.stop();
    },
  };
}

const followOn =
  (call: EngineClient): LocalTables["follow"] =>
  (resources, nameOf) => {
    const tables = resources.filter(({ type }) => type === "AWS::DynamoDB::Table");
    return makeTables(
      call,
      tables.map((table) => tableDefinition(table, nameOf(table))),
    );
  };
