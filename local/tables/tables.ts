// The template's tables in a real DynamoDB engine on this machine.

import { join, resolve } from "node:path";
import { lockDirectory } from "../directory-lock";
import type { Resource } from "../resources";
import { type EngineClient, engineClient } from "./engine-client";
import { startEngine } from "./engine-process";
import { availableEngine, type Engine } from "./engines";
import { makeTables, type TableChange } from "./make-tables";
import { tableDefinition } from "./table-definition";

export type TablesOptions = {
  readonly resources: readonly Resource[];
  readonly nameOf: (resource: Resource) => string;
  readonly dataDir: string;
  /** When the engine ends by itself. */
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
  stop(): Promise<void>;
};

export async function startTables(options: TablesOptions): Promise<LocalTables> {
  const engine = availableEngine();
  const directory = resolve(join(options.dataDir, "tables"));
  const lock = lockDirectory(directory);
  try {
    const { endpoint, child } = await startEngine(engine, directory);
    let stopping = false;
    const stop = async () => {
      stopping = true;
      await child.stop();
      lock.release();
    };
    void child.ended.then(({ code, signal }) => {
      if (stopping) return;
      lock.release();
      const how = signal ?? `code ${code ?? "unknown"}`;
      options.onLost?.(new Error(`unable to go on; the tables' engine ended with ${how}: start again`));
    });
    const follow = followOn(engineClient(endpoint));
    const changes = await follow(options.resources, options.nameOf).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { endpoint, engine, changes, follow, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
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
