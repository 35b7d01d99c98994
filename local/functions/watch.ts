import type { FunctionSettings } from "./settings";

export type Ran = {
  readonly functionName: string;
  readonly memoryMb: number;
  readonly billedMs: number;
  /** In the first event of an environment only. */
  readonly initMs: number | undefined;
  readonly cause: string;
};

/** What the rest of the cloud has to do with the functions' running: it counts, permits, and makes weather. */
export type Watch = {
  ran(run: Ran): void;
  /** Whether the function may write to its log at all; asked for each line. */
  logs(settings: FunctionSettings, bytes: number): boolean;
  /** How long an event waits before its function begins. */
  delayMs(): number;
  /** The environment does not live to see another event: the next one starts cold. */
  endsAfterEvent(): boolean;
};

export const unwatched: Watch = {
  ran: () => {},
  logs: () => true,
  delayMs: () => 0,
  endsAfterEvent: () => false,
};
