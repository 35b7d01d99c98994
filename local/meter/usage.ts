// What was used, counted as AWS counts it and before any price: plain JSON, so that it can be asked for over the
// control surface, written to a file and compared.

import type { Direction } from "./meter";

export type FrameUsage = {
  readonly direction: Direction;
  /** "$default", "ping", and "@connections" for a post. */
  readonly route: string;
  readonly cause: string;
  readonly count: number;
  /** In steps of 32 KB: a message of 33 KB is two. */
  readonly billedMessages: number;
  readonly bytes: number;
};

export type RunUsage = {
  readonly functionName: string;
  readonly memoryMb: number;
  readonly cause: string;
  readonly requests: number;
  readonly coldStarts: number;
  /** The runs themselves, each rounded up to a whole millisecond. */
  readonly runMs: number;
  /** Cold starts, billed like the rest. */
  readonly initMs: number;
  readonly gbSeconds: number;
};

export type DatabaseUsage = {
  readonly functionName: string;
  readonly action: string;
  readonly table: string;
  readonly index?: string;
  readonly cause: string;
  readonly calls: number;
  readonly failed: number;
  readonly readUnits: number;
  readonly writeUnits: number;
};

export type LogUsage = {
  readonly functionName: string;
  readonly cause: string;
  readonly lines: number;
  readonly bytes: number;
};

export type Usage = {
  readonly frames: readonly FrameUsage[];
  readonly connections: {
    readonly count: number;
    readonly connectedMs: number;
    readonly billedMinutes: number;
  };
  readonly runs: readonly RunUsage[];
  readonly database: readonly DatabaseUsage[];
  readonly logs: readonly LogUsage[];
  /** How many people were active. */
  readonly activePeople: number;
};
