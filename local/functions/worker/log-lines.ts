import { Console } from "node:console";
import { Writable } from "node:stream";
import { format } from "node:util";

const LEVELS = {
  trace: "TRACE",
  debug: "DEBUG",
  log: "INFO",
  info: "INFO",
  warn: "WARN",
  error: "ERROR",
} as const;

/**
 * Sends what a function prints, as Lambda's text format has it: instant, request, level, text. Node's own way out
 * of a worker needs the thread's event loop, which stands still in a frozen environment; this one does not.
 */
export function sendPrinted(send: (line: string) => void, requestId: () => string | undefined): void {
  const out = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      send(String(chunk).replace(/\n$/, ""));
      done();
    },
  });
  const lambdaConsole = new Console({ stdout: out, stderr: out });
  for (const [method, level] of Object.entries(LEVELS))
    Object.assign(lambdaConsole, {
      [method]: (...given: unknown[]) =>
        send(`${new Date().toISOString()}\t${requestId() ?? "undefined"}\t${level}\t${format(...given)}`),
    });
  globalThis.console = lambdaConsole;

  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    send((typeof chunk === "string" ? chunk : Buffer.from(chunk).toString()).replace(/\n$/, ""));
    const done = rest.at(-1);
    if (typeof done === "function") process.nextTick(done);
    return true;
  };
  Object.assign(process.stdout, { write });
  Object.assign(process.stderr, { write });
}
