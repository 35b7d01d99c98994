// What a person sees of a start: each step when it begins, how long it took, and one sentence when it fails.
// At a terminal the line of a running step is written over when the step ends; in a pipe each is a line of its own.

export type Terminal = { readonly isTTY?: boolean; write(text: string): unknown };

export interface Progress {
  /** `describe` adds a few words on the outcome to the line. */
  step<T>(name: string, act: () => Promise<T>, describe?: (result: T) => string): Promise<T>;
  say(line: string): void;
}

const NAME_WIDTH = 34;
const ERASE_LINE = "\r\x1b[2K";

export function createProgress(
  terminal: Terminal = process.stdout,
  now: () => number = () => performance.now(),
): Progress {
  /** The step whose line the cursor stands behind. */
  let open: string | undefined;

  const write = (line: string): void => {
    if (open !== undefined) terminal.write("\n");
    open = undefined;
    terminal.write(`${line}\n`);
  };
  const begin = (name: string): void => {
    if (terminal.isTTY !== true) return write(`${name} …`);
    if (open !== undefined) terminal.write("\n");
    terminal.write(`${name} …`);
    open = name;
  };
  const end = (name: string, outcome: string): void => {
    if (open === name) {
      terminal.write(ERASE_LINE);
      open = undefined;
    }
    write(`${name.padEnd(NAME_WIDTH)} ${outcome}`);
  };
  const secondsSince = (startedAt: number) => `${((now() - startedAt) / 1_000).toFixed(1).padStart(6)} s`;

  return {
    say: write,
    step: async (name, act, describe) => {
      const startedAt = now();
      begin(name);
      try {
        const result = await act();
        const words = describe?.(result) ?? "";
        end(name, `${secondsSince(startedAt)}${words === "" ? "" : `  ${words}`}`);
        return result;
      } catch (error) {
        end(name, `${secondsSince(startedAt)}  failed`);
        throw error;
      }
    },
  };
}

/** Says what is wrong and what to do about it, and ends with 1. */
export function fail(problem: unknown, terminal: Terminal = process.stderr): never {
  terminal.write(`\n${wordsFor(problem)}\n`);
  process.exit(1);
}

/** Ours are sentences with a cure in them, with the cause below; anything else is a bug and shows its stack. */
export function wordsFor(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  if (!problem.message.startsWith("unable to ")) return problem.stack ?? problem.message;
  const cause = problem.cause;
  if (cause === undefined) return problem.message;
  const below = cause instanceof Error ? cause.message : String(cause);
  return problem.message.includes(below) ? problem.message : `${problem.message}\n\n${indented(below)}`;
}

const indented = (text: string): string => text.replace(/^/gm, "    ");
