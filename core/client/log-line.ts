/** One thing that happened, with ids and counts: never text, names or tokens. */
export type LogLine = { readonly event: string; readonly [field: string]: string | number };

export type Log = (line: LogLine) => void;
