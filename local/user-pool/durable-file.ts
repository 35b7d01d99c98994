// A value that survives kill -9: the whole of it, as JSON, replaced in one step. Small enough for that: a thousand
// users are about a megabyte.
//
//   1  write <file>.next, flush it to the disk
//   2  rename it over <file>          a crash before this leaves the old value, after it the new one
//   3  flush the directory
//
// Changes that come while a write is under way share the next one.

import { mkdirSync, readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

export type DurableFile<T> = {
  readonly value: T;
  /** Resolves when the value, as it is now or later, is on the disk. */
  saved(): Promise<void>;
};

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

const replace = async (path: string, text: string): Promise<void> => {
  const file = await open(`${path}.next`, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.next`, path);
  const directory = await open(dirname(path), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
};

export const openDurableFile = <T extends object>(options: {
  readonly path: string;
  readonly what: string;
  readonly initial: () => T;
  readonly isWhole: (stored: unknown) => stored is T;
}): DurableFile<T> => {
  const { path, what } = options;

  const load = (): T => {
    try {
      const stored: unknown = JSON.parse(readFileSync(path, "utf8"));
      if (!options.isWhole(stored)) throw new Error("it was written by another version of this program");
      return stored;
    } catch (error) {
      if (isMissing(error)) return options.initial();
      throw new Error(
        `unable to read ${what} from ${path}; ${reasonOf(error)}. Remove that file to start without.`,
        { cause: error },
      );
    }
  };

  mkdirSync(dirname(path), { recursive: true });
  const value = load();
  let onDisk: string | undefined;
  let asked = 0;
  let answered = 0;
  let writing: Promise<void> | undefined;

  const write = async (): Promise<void> => {
    const upTo = asked;
    const text = JSON.stringify(value);
    try {
      if (text !== onDisk) await replace(path, text);
      onDisk = text;
      answered = upTo;
    } catch (error) {
      throw new Error(`unable to store ${what} in ${path}; ${reasonOf(error)}`, { cause: error });
    }
  };

  return {
    value,
    async saved() {
      asked += 1;
      const ticket = asked;
      // At most twice: a write that began before this was asked for, then one that holds it.
      while (answered < ticket) {
        writing ??= write().finally(() => (writing = undefined));
        await writing;
      }
    },
  };
};
