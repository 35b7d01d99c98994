// Where a scene is played: in memory or on a running cloud. The scene and the access matrix know this much of it.

export type Frame = Readonly<Record<string, unknown>>;

/** What is told has no answer when it is done. */
export const SILENCE: Frame = { type: "silence" };

export type Seat = {
  readonly user: string;
  readonly name: string;
  readonly handle: string;
  readonly device: string;
  /** What else nobody may be told of this person: an address, a token. */
  readonly secrets: readonly string[];
  /** Says a frame and waits for the answer to it, or for as long as one to what is told would take. */
  ask(frame: Frame): Promise<Frame>;
  /** All that has come to this socket and was no answer, as it came. */
  pushed(): readonly string[];
};

export type Stage = {
  /** A person with a profile, whose socket has said hello. */
  seat(name: string): Promise<Seat>;
  /** A socket that has not said hello, of a person without a profile. */
  silentSeat(name: string): Promise<Seat>;
  /** What the server would say to show where a page of a list of conversations ends. */
  cursor(conversation: string, activeAt: number): string;
};
