// A look into a running Node process: its inspector is switched on from outside, so a process that nobody looks into
// runs without it.

import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";

export type Memory = { readonly rss: number; readonly heapUsed: number; readonly external: number };

export type Inspector = {
  /** Of the process, with what nobody uses any more taken away first. */
  memory(): Promise<Memory>;
  call(method: string, params?: object): Promise<Record<string, unknown>>;
  close(): void;
};

const OPEN_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** The process was started with `--inspect-port` of this port. */
export async function inspect(pid: number, port: number): Promise<Inspector> {
  process.kill(pid, "SIGUSR1");
  const socket = new WebSocket(await addressOf(port), { perMessageDeflate: false });
  await once(socket, "open");
  const waiting = new Map<number, (answer: Answer) => void>();
  let calls = 0;
  socket.on("message", (bytes: Buffer) => {
    const answer = JSON.parse(bytes.toString()) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  const call = (method: string, params: object = {}) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const id = ++calls;
      waiting.set(id, ({ result, error }) =>
        result ? resolve(result) : reject(new Error(`unable to ${method}; ${error?.message ?? "no reason"}`)),
      );
      socket.send(JSON.stringify({ id, method, params }));
    });
  return {
    call,
    memory: async () => {
      // Twice: what ends in the first may let go of more.
      for (let time = 0; time < 2; time++) await call("HeapProfiler.collectGarbage");
      const expression = "JSON.stringify(process.memoryUsage())";
      const { result } = await call("Runtime.evaluate", { expression });
      return JSON.parse((result as { readonly value: string }).value) as Memory;
    },
    close: () => socket.terminate(),
  };
}

type Answer = {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
};

async function addressOf(port: number): Promise<string> {
  const deadline = Date.now() + OPEN_WITHIN_MS;
  while (Date.now() < deadline) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
      // The inspector's own list: one entry, for the main thread.
      const [target] = (await answer.json()) as readonly { readonly webSocketDebuggerUrl: string }[];
      if (target) return target.webSocketDebuggerUrl;
    } catch {
      // Not open yet.
    }
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`unable to look into the process; its inspector did not open on port ${port}`);
}
