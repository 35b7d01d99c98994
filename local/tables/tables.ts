// The template's tables in a real DynamoDB engine on this machine.

import { join, resolve } from "node:path";
import { lockDirectory } from "../directory-lock";
import type { Resource } from "../resources";
import { engineClient } from "./engine-client";
import { startEngine } from "./engine-process";
import { availableEngine, type EngineName } from "./engines";
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
  readonly engine: {
    readonly name: EngineName;
    readonly version: string;
    /** Where not, readers see expired items for good, and must leave them out as they must on AWS. */
    readonly deletesExpired: boolean;
  };
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
    const call = engineClient(endpoint);
    const follow: LocalTables["follow"] = async (resources, nameOf) => {
      const tables = resources.filter(({ type }) => type === "AWS::DynamoDB::Table");
      const made = await makeTables(
        call,
        tables.map((table) => tableDefinition(table, nameOf(table))),
      );
      return made.changes;
    };
    let stopping = false;
    void child.ended.then(({ code, signal }) => {
      if (stopping) return;
      lock.release();
      const how = signal ?? `code ${code ?? "unknown"}`;
      options.onLost?.(new Error(`unable to go on; the tables' engine ended with ${how}: start again`));
    });
    const stop = async () => {
      stopping = true;
      await child.stop();
      lock.release();
    };
    try {
      const changes = await follow(options.resources, options.nameOf);
      const { name, version, deletesExpired } = engine;
      return { endpoint, engine: { name, version, deletesExpired }, changes, follow, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}
