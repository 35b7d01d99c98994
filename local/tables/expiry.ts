// Time to live: items of a table with a TimeToLiveSpecification are deleted some time after the instant that their
// attribute names. AWS says "within a few days"; here it is LATENESS_MS after it on the cloud's clock, so that what
// reads an expired item as if it were there fails here as it does there.
//
// A table is looked through only when something can be due:
//
//   the earliest expiry that the last look saw, and the lateness    what was there then is due at the earliest
//   the last look, and the lateness                                 what was written since is due at the earliest
//
// DynamoDB Local deletes too, on this machine's clock and within seconds. dynoxide does not.

import type { Clock } from "../clock";
import type { Resource } from "../resources";
import { type Json, listAt, recordAt, textAt } from "../template/json";
import { engineClient } from "./engine-client";
import { openClaims } from "./expiry-claims";
import { type ExpiringTable, expiryOf, sweep } from "./expiry-sweep";

const LATENESS_MS = 48 * 3_600_000;
/** Items fall due one after the other; they are taken together, so that no table is looked through all the time. */
const LOOKS_A_LATENESS = 48;
const SHORTEST_BETWEEN_LOOKS_MS = 1_000;
/** After the start nothing is known. Short runs never look. */
const FIRST_LOOK_MS = 60_000;

export type ExpiryOptions = {
  readonly resources: readonly Resource[];
  readonly nameOf: (resource: Resource) => string;
  /** Asked for each look: an engine that was started again has another port. */
  readonly engineEndpoint: () => string;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly tell: (line: string) => void;
  readonly latenessMs?: number;
  /** Whoever reads the table's stream may look. */
  readonly onDeleted?: (table: string) => void;
};

export type Expiry = {
  /** Whether this removal, of a table's stream, was the service's. */
  deleted(table: string, change: { readonly keys: Json; readonly oldImage: Json | undefined }): boolean;
  /** Resolves when no table is being looked through. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

export function createExpiry(options: ExpiryOptions): Expiry {
  const { clock, tell, latenessMs = LATENESS_MS } = options;
  const tables = new Map(expiringTables(options).map((table) => [table.name, table]));
  const claims = openClaims(options.dataDir);
  const stopping = new AbortController();
  const stop = stopping.signal;
  const looking = new Map<string, Promise<void>>();
  const cancels = new Map<string, () => void>();

  const look = async (table: ExpiringTable): Promise<void> => {
    // A turn of the clock rings on its way; what is due is told by where it ends.
    await Promise.resolve();
    if (stop.aborted) return;
    const now = clock.now();
    const earliestNext = now + Math.max(latenessMs / LOOKS_A_LATENESS, SHORTEST_BETWEEN_LOOKS_MS);
    let nextAt = earliestNext;
    try {
      const { deleted, earliest } = await sweep(table, {
        call: engineClient(options.engineEndpoint()),
        ...{ claims, stop },
        dueSeconds: Math.floor((now - latenessMs) / 1_000),
      });
      if (deleted > 0) {
        tell(`tables: deleted ${deleted} expired of ${table.name}`);
        options.onDeleted?.(table.name);
      }
      const due = Math.min(now, earliest === undefined ? Infinity : 1_000 * earliest) + latenessMs;
      nextAt = Math.max(due, earliestNext);
    } catch (error) {
      tell(
        `tables: unable to delete what expired of ${table.name}; ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    if (!stop.aborted) lookAfter(table, nextAt - clock.now());
  };
  const lookAfter = (table: ExpiringTable, ms: number): void => {
    cancels.set(
      table.name,
      clock.after(Math.max(0, ms), () => {
        looking.set(
          table.name,
          look(table).finally(() => looking.delete(table.name)),
        );
      }),
    );
  };
  for (const table of tables.values()) lookAfter(table, FIRST_LOOK_MS);

  const idle = async (): Promise<void> => {
    await Promise.all(looking.values());
  };
  return {
    deleted: (name, { keys, oldImage }) => {
      const attribute = tables.get(name)?.attribute;
      const expiry = attribute === undefined ? undefined : expiryOf(oldImage, attribute);
      return expiry !== undefined && claims.has({ table: name, keys, expiry });
    },
    idle,
    stop: async () => {
      stopping.abort();
      for (const cancel of cancels.values()) cancel();
      await idle();
      await claims.saved();
    },
  };
}

function expiringTables({ resources, nameOf }: ExpiryOptions): readonly ExpiringTable[] {
  return resources
    .filter(({ type }) => type === "AWS::DynamoDB::Table")
    .flatMap((resource): ExpiringTable[] => {
      const { properties } = resource;
      const ttl = recordAt(properties, "TimeToLiveSpecification");
      const attribute = ttl["Enabled"] === true ? textAt(ttl, "AttributeName") : undefined;
      if (attribute === undefined) return [];
      const keys = listAt(properties, "KeySchema").map((key) => textAt(key, "AttributeName") ?? "");
      return [{ name: nameOf(resource), attribute, keys, isStreamed: "StreamSpecification" in properties }];
    });
}
