export type Ran = {
  readonly functionName: string;
  readonly memoryMb: number;
  readonly billedMs: number;
  /** In the first event of an environment only. */
  readonly initMs: number | undefined;
  readonly cause: string;
};

export type Logging = {
  readonly functionName: string;
  readonly accessKeyId: string;
  readonly stream: string;
};

/** What the rest of the cloud has to do with the functions' running: it counts, permits, and makes weather. */
export type Watch = {
  ran(run: Ran): void;
  /** Whether an environment may open a stream in its log. */
  opensLog(who: Logging): boolean;
  /** Whether it may write a line there; asked for each. */
  logs(who: Logging, bytes: number): boolean;
  /** How long an event waits before its function begins. */
  delayMs(): number;
  /** Neither it nor those that are idle live to see another event: the next one starts cold. */
  endsAfterEvent(): boolean;
};

export const unwatched: Watch = {
  ran: () => {},
  opensLog: () => true,
  logs: () => true,
  delayMs: () => 0,
  endsAfterEvent: () => false,
};
