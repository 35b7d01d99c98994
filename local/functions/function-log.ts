import { createWriteStream, mkdirSync } from "node:fs";
import { finished } from "node:stream/promises";
import { join } from "node:path";

/** Lines go to the file together: each write is a turn of the thread pool, and an event has four lines, one of its own and three of Lambda's. */
const FLUSH_MS = 30;

export type FunctionLog = {
  write(line: string): void;
  close(): Promise<void>;
};

/** Appends to "<function>.log"; `print` sees each line too, with the function's name before it. */
export function functionLog(
  directory: string,
  shortName: string,
  print: ((line: string) => void) | undefined,
): FunctionLog {
  mkdirSync(directory, { recursive: true });
  const file = createWriteStream(join(directory, `${shortName}.log`), { flags: "a" });
  let failed = false;
  let held = "";
  let flushing: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(flushing);
    flushing = undefined;
    if (!failed && !file.writableEnded && held !== "") file.write(held);
    held = "";
  };
  file.on("error", (error) => {
    // A full disk must not stop the functions; once is enough to say it.
    if (!failed) print?.(`[${shortName}] unable to write the log; ${error.message}`);
    failed = true;
  });
  return {
    write: (line) => {
      held += `${line}\n`;
      flushing ??= setTimeout(flush, FLUSH_MS);
      print?.(`[${shortName}] ${line}`);
    },
    close: async () => {
      flush();
      if (failed || file.writableEnded) return;
      file.end();
      await finished(file);
    },
  };
}
