// dynoxide keeps the records of all streams in one SQLite table that has no index and is never trimmed. For each
// write to a streamed table it looks for the highest number in all of it: measured, 0.4 ms a write at first, 5 ms
// after 20,000 of them, and the same for each reading. With the index below it stays at 0.4 ms.
//
// The database is opened by the WebAssembly build of SQLite, which knows nothing of the engine's locks: only while
// no engine runs on it.

import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import type { Resource } from "../resources";
import { endOrphans, startEngine } from "./engine-process";
import type { Engine } from "./engines";

/** A stream keeps a record for a day. */
const KEPT_SECONDS = 25 * 3_600;

/** A database is the engine's own making, so the first time it runs for a moment to make it. The answer is for a person to read. */
export async function prepareStreams(
  engine: Engine,
  directory: string,
  resources: readonly Resource[],
): Promise<readonly string[]> {
  const isStreamed = resources.some(({ properties }) => "StreamSpecification" in properties);
  if (engine.name !== "dynoxide" || !isStreamed) return [];
  const database = engine.databaseIn(directory);
  await endOrphans(database);
  if (!existsSync(database)) await (await startEngine(engine, directory)).child.stop();
  const problem = indexStreams(database);
  return problem === undefined ? [] : [problem];
}

type Database = { run(sql: string, values?: readonly unknown[]): unknown; close(): void };
type Sqlite = { readonly Database: new (path: string) => Database };

/** Leaves the highest number of each table, on which the engine counts up. The answer is why it could not be done. */
function indexStreams(path: string): string | undefined {
  const sqlite = optional("node-sqlite3-wasm");
  if (sqlite === undefined)
    return "writes to a streamed table get slower the more there were: `npm install` brings node-sqlite3-wasm, which mends it";
  // Left by a cloud that was killed in the middle of this; the folder's own lock keeps all others out.
  rmSync(`${path}.lock`, { recursive: true, force: true });
  const database = new sqlite.Database(path);
  try {
    // Without it the write-ahead log needs memory that is shared with others, which this build does not have.
    database.run("PRAGMA locking_mode = EXCLUSIVE");
    database.run(
      "CREATE INDEX IF NOT EXISTS stream_records_by_number ON _stream_records (table_name, CAST(sequence_number AS INTEGER))",
    );
    database.run(
      "DELETE FROM _stream_records WHERE created_at < ? AND id NOT IN (SELECT MAX(id) FROM _stream_records GROUP BY table_name)",
      [Math.floor(Date.now() / 1_000) - KEPT_SECONDS],
    );
    return undefined;
  } catch (error) {
    return `writes to a streamed table get slower the more there were; ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    database.close();
  }
}

const require = createRequire(import.meta.url);

function optional(packageName: string): Sqlite | undefined {
  try {
    const found: unknown = require(packageName);
    return isSqlite(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

const isSqlite = (found: unknown): found is Sqlite =>
  typeof found === "object" && found !== null && "Database" in found && typeof found.Database === "function";
