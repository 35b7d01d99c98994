// One environment of a function, seen from outside. The inside is `worker/main.ts`.
//
//   starting ──ready──▶ idle ──run──▶ busy ──returned, failed──▶ idle
//      │                  │             │
//      └─ load failed     └─ end        └─ timed out, crashed, out of memory, end ──▶ ended

import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Clock } from "../clock";
import type { PassedCall } from "../database/outpost";
import type { Invocation } from "../resources";
import type { Delivery, FunctionError, WorkerMessage, WorkerSetup } from "./messages";

/** Lambda's limit for loading a function. */
const LONGEST_INIT_MS = 10_000;

/** Node lets it grow to 48 MB, in each of many threads that never need so much. */
const YOUNG_MB = 6;

export type Started =
  | { readonly is: "ready"; readonly initMs: number }
  | { readonly is: "broken"; readonly error: FunctionError };

export type Environment = {
  readonly started: Promise<Started>;
  /** One at a time. */
  run(delivery: Delivery, cause?: string): Promise<Invocation>;
  /** At once, like a kill: what runs is lost. */
  end(): Promise<void>;
  /** The most that its heap has had, of what was looked at: after the load, and after each event. */
  memoryUsedMb(): number;
};

export type EnvironmentOptions = {
  readonly code: string;
  readonly setup: Omit<WorkerSetup, "gate" | "memoryUsed">;
  readonly variables: Readonly<Record<string, string>>;
  /** For how long it may take: a clock that is turned is no span that a thread lived through. */
  readonly pace: Clock;
  readonly log: (line: string) => void;
  /** An event begins: `cause` is what set it off. */
  readonly onEvent?: (cause: string) => void;
  /** Calls to tables went past the gate. */
  readonly onPassed?: (calls: readonly PassedCall[]) => void;
  /** Called once, whatever the reason; a busy environment has settled its run before. */
  readonly onEnded: (environment: Environment) => void;
};

export function startEnvironment(options: EnvironmentOptions): Environment {
  const { port1: cloudSide, port2: workerSide } = new MessageChannel();
  const gate = new SharedArrayBuffer(4);
  const memoryUsed = new SharedArrayBuffer(4);
  const startedAt = performance.now();
  const worker = startWorker(options, { ...options.setup, gate, memoryUsed }, workerSide);

  let settleStarted: (started: Started) => void = () => {};
  let settleRun: ((invocation: Invocation) => void) | undefined;
  const started = new Promise<Started>((resolve) => (settleStarted = resolve));
  const answer = (invocation: Invocation) => settleRun?.(invocation);
  const fail = (error: FunctionError) => {
    options.log(invokeError(error));
    answer({ is: "failed", errorType: error.errorType, errorMessage: error.errorMessage });
  };
  let ended: FunctionError | undefined;
  // Said by the thread itself, or by Node when the thread could say nothing. It settles at the exit only, so that
  // no event is given to a thread that is about to end.
  let lastWord: FunctionError | undefined;

  const stopWaiting = options.pace.after(LONGEST_INIT_MS, () => {
    const errorMessage = `the function was not loaded after ${LONGEST_INIT_MS} ms`;
    lastWord = { errorType: "Sandbox.Timedout", errorMessage, trace: [] };
    void worker.terminate();
  });

  // The thread's console does not come this way; what Node itself writes there does.
  for (const stream of [worker.stdout, worker.stderr])
    stream.on("data", (chunk: Buffer) => options.log(chunk.toString().trimEnd()));
  worker.on("message", (message: WorkerMessage) => {
    switch (message.is) {
      case "ready":
        stopWaiting();
        return settleStarted({ is: "ready", initMs: performance.now() - startedAt });
      case "crashed":
        lastWord = message.error;
        return;
      case "log":
        return options.log(message.line);
      case "passed":
        return options.onPassed?.(message.calls);
      case "returned":
        return answer({ is: "returned", payload: JSON.parse(message.payload) });
      case "failed":
        return fail(message.error);
      default:
        return message satisfies never;
    }
  });
  worker.on("error", (error: Error & { code?: string }) => (lastWord = threadError(error)));
  worker.on("exit", (code) => {
    stopWaiting();
    cloudSide.close();
    ended = lastWord ?? exitError(code);
    settleStarted({ is: "broken", error: ended });
    if (lastWord !== undefined || settleRun !== undefined) fail(ended);
    options.onEnded(environment);
  });

  const environment: Environment = {
    started,
    run: (delivery, cause = "") =>
      new Promise<Invocation>((resolve) => {
        settleRun = resolve;
        // While its event was still on the way.
        if (ended !== undefined) return fail(ended);
        options.onEvent?.(cause);
        const cancel = options.pace.after(delivery.timeoutMs, () => {
          answer({ is: "timed-out" });
          void worker.terminate();
        });
        settleRun = (invocation) => {
          settleRun = undefined;
          cancel();
          resolve(invocation);
        };
        cloudSide.postMessage(delivery);
        const count = new Int32Array(gate);
        Atomics.add(count, 0, 1);
        Atomics.notify(count, 0);
      }),
    end: async () => void (await worker.terminate()),
    memoryUsedMb: () => Atomics.load(new Int32Array(memoryUsed), 0),
  };
  return environment;
}

function startWorker(options: EnvironmentOptions, setup: WorkerSetup, deliveries: MessagePort): Worker {
  return new Worker(options.code, {
    eval: true,
    env: { ...options.variables },
    // This process may run with a TypeScript loader or a debugger: a function has neither.
    execArgv: [],
    argv: [],
    workerData: { setup, deliveries },
    transferList: [deliveries],
    resourceLimits: { maxOldGenerationSizeMb: setup.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
    name: setup.functionName,
    // Else each of many threads would hang itself onto this process's own streams.
    stdout: true,
    stderr: true,
  });
}

const invokeError = (error: FunctionError): string =>
  `${new Date().toISOString()}\tERROR\tInvoke Error\t${JSON.stringify({ errorType: error.errorType, errorMessage: error.errorMessage, stack: error.trace })}`;

const exitError = (code: number): FunctionError => ({
  errorType: "Runtime.ExitError",
  errorMessage: `Runtime exited with error: exit status ${code}`,
  trace: [],
});

function threadError(error: Error & { code?: string }): FunctionError {
  if (error.code === "ERR_WORKER_OUT_OF_MEMORY")
    return { errorType: "Runtime.OutOfMemory", errorMessage: error.message, trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}
