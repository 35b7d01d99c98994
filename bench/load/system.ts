// What the load needs of a system that it measures, whatever it is made of.

/** One pair: one person sends, and the other's client says what arrived. */
export type Line = {
  /** Hands a message to the sender's client. Resolves when the system has answered it; at once where it does not. */
  send(id: string): Promise<void>;
};

export type System = {
  readonly name: string;
  readonly lines: readonly Line[];
  /** Its processes, by what they are. */
  readonly processes: () => Readonly<Record<string, number>>;
  stop(): Promise<void>;
};

export type StartOptions = {
  readonly pairs: number;
  /** Called when a message's frame is at the other client. */
  readonly arrived: (id: string) => void;
};

/** The same length for all: about what a person types in a line. */
const FILLING = "so that it is as long as a line that a person writes ";

export const textOf = (id: string) => `${id} ${FILLING}`;
export const idIn = (text: string) => text.slice(0, text.indexOf(" "));
