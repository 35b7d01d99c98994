import type { Meter } from "./meter";
import { createTallies } from "./tallies";
import type { DatabaseUsage, FrameUsage, LogUsage, RunUsage, Usage } from "./usage";

/** A socket's message is billed in steps of this size: docs/cost.md names the source. */
export const MESSAGE_STEP_BYTES = 32 * 1024;

/** An empty message is one, too. */
export const billedMessages = (bytes: number): number => Math.max(1, Math.ceil(bytes / MESSAGE_STEP_BYTES));

const MS_A_MINUTE = 60_000;
const MB_A_GB = 1_024;

type FrameSums = Pick<FrameUsage, "count" | "billedMessages" | "bytes">;
type RunSums = Pick<RunUsage, "requests" | "coldStarts" | "runMs" | "initMs" | "gbSeconds">;
type DatabaseSums = Pick<DatabaseUsage, "calls" | "failed" | "readUnits" | "writeUnits">;
type LogSums = Pick<LogUsage, "lines" | "bytes">;

export function createMeter(): Meter {
  const frames = createTallies<Omit<FrameUsage, keyof FrameSums>, FrameSums>((sums, more) => ({
    count: sums.count + more.count,
    billedMessages: sums.billedMessages + more.billedMessages,
    bytes: sums.bytes + more.bytes,
  }));
  const runs = createTallies<Omit<RunUsage, keyof RunSums>, RunSums>((sums, more) => ({
    requests: sums.requests + more.requests,
    coldStarts: sums.coldStarts + more.coldStarts,
    runMs: sums.runMs + more.runMs,
    initMs: sums.initMs + more.initMs,
    gbSeconds: sums.gbSeconds + more.gbSeconds,
  }));
  const database = createTallies<Omit<DatabaseUsage, keyof DatabaseSums>, DatabaseSums>((sums, more) => ({
    calls: sums.calls + more.calls,
    failed: sums.failed + more.failed,
    readUnits: sums.readUnits + more.readUnits,
    writeUnits: sums.writeUnits + more.writeUnits,
  }));
  const logs = createTallies<Omit<LogUsage, keyof LogSums>, LogSums>((sums, more) => ({
    lines: sums.lines + more.lines,
    bytes: sums.bytes + more.bytes,
  }));
  const people = new Set<string>();
  let connections: Usage["connections"] = { count: 0, connectedMs: 0, billedMinutes: 0 };

  return {
    frame: (direction, bytes, route, cause = route) =>
      frames.add({ direction, route, cause }, { count: 1, billedMessages: billedMessages(bytes), bytes }),
    connected: (forMs) => {
      const { count, connectedMs, billedMinutes } = connections;
      connections = {
        count: count + 1,
        connectedMs: connectedMs + forMs,
        billedMinutes: billedMinutes + Math.ceil(forMs / MS_A_MINUTE),
      };
    },
    ran: ({ functionName, memoryMb, billedMs, initMs, cause = "" }) => {
      // The sum is what is rounded up.
      const runMs = Math.ceil(billedMs);
      const whole = { runMs, initMs: Math.ceil(billedMs + (initMs ?? 0)) - runMs };
      const gbSeconds = ((whole.runMs + whole.initMs) / 1_000) * (memoryMb / MB_A_GB);
      const coldStarts = initMs === undefined ? 0 : 1;
      runs.add({ functionName, memoryMb, cause }, { requests: 1, coldStarts, ...whole, gbSeconds });
    },
    database: ({ functionName, action, table, index, readUnits, writeUnits, failed, cause = "" }) =>
      database.add(
        { functionName, action, table, ...(index !== undefined && { index }), cause },
        { calls: 1, failed: failed ? 1 : 0, readUnits, writeUnits },
      ),
    logged: (bytes, functionName = "", cause = "") => logs.add({ functionName, cause }, { lines: 1, bytes }),
    signedIn: (user) => void people.add(user),
    snapshot: () => ({
      frames: frames.list(),
      connections,
      runs: runs.list(),
      database: database.list(),
      logs: logs.list(),
      activePeople: people.size,
    }),
    reset: () => {
      for (const each of [frames, runs, database, logs]) each.clear();
      people.clear();
      connections = { count: 0, connectedMs: 0, billedMinutes: 0 };
    },
  };
}
