import type { HistoryEvent } from "../history/event";
import type { Frame } from "./frame";
import type { Scene } from "./scene";
import type { Tally } from "./tally";

/** One invariant, over one replay. */
export type Rule = {
  /** `frame`: what a `heard`, `up` or `hostile` event carries, where that can be read. */
  readonly on?: (event: HistoryEvent, frame: Frame | undefined) => void;
  readonly end?: () => void;
};

export type MakeRule = (scene: Scene, tally: Tally) => Rule;
