import { createWriteStream, mkdirSync } from "node:fs";
import { finished } from "node:stream/promises";
import { join } from "node:path";

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
  file.on("error", (error) => {
    // A full disk must not stop the functions; once is enough to say it.
    if (!failed) print?.(`[${shortName}] unable to write the log; ${error.message}`);
    failed = true;
  });
  return {
    write: (line) => {
      if (!failed && !file.writableEnded) file.write(`${line}\n`);
      print?.(`[${shortName}] ${line}`);
    },
    close: async () => {
      if (failed || file.writableEnded) return;
      file.end();
      await finished(file);
    },
  };
}
