// What goes between the cloud and an environment's thread. An event and an answer travel as JSON text, as they
// do on AWS: what JSON cannot say gets lost here as there.

import type { OutpostSetup, PassedCall } from "../database/outpost";

/** What a thread is given once, when it starts. */
export type WorkerSetup = {
  readonly functionName: string;
  readonly memoryMb: number;
  readonly directory: string;
  /** As in the template: "index.handler", "lib/index.handler". */
  readonly handler: string;
  readonly logStream: string;
  /** Hosts that are answered on this machine, and the address that answers. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Counts the deliveries; a frozen thread sleeps on it. */
  readonly gate: SharedArrayBuffer;
  /** Megabytes of heap, the most so far. */
  readonly memoryUsed: SharedArrayBuffer;
  /** Of the cloud's clock, where that one can be turned. */
  readonly clockOffset: SharedArrayBuffer | undefined;
  /** Where tables stand behind a gate. */
  readonly outpost: OutpostSetup | undefined;
};

export type Delivery = {
  readonly requestId: string;
  readonly arn: string;
  readonly timeoutMs: number;
  readonly event: string;
};

export type FunctionError = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
};

export type WorkerMessage =
  | { readonly is: "ready" }
  | { readonly is: "returned"; readonly payload: string }
  | { readonly is: "failed"; readonly error: FunctionError }
  /** The last word of a thread that is about to end, with or without an event. */
  | { readonly is: "crashed"; readonly error: FunctionError }
  | { readonly is: "log"; readonly line: string }
  /** Calls to tables that went past the gate, told before the answer of the event that made them. */
  | { readonly is: "passed"; readonly calls: readonly PassedCall[] };
