// How bad it is. Every fault that strikes is told with its kind, so that the report counts what really happened.

import type { Random } from "../../../core/domain/ports/clock";
import type { FaultKind } from "../history/event";
import type { Recorder } from "../history/recorder";

/** Those that have a place in memory. N12 needs a disk, which the whole system has, and N18 a deployment. */
export const SIMULATED: readonly FaultKind[] = [
  ...(["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10"] as const),
  ...(["N11", "N13", "N14", "N15", "N16", "N17", "N19"] as const),
];

export class Weather {
  private isCalm = true;
  /** From a bright day to a storm: everything is so many times as likely. */
  strength = 1;

  /** When the last of what was held up arrived. */
  landedAt = 0;

  constructor(
    private readonly kinds: ReadonlySet<FaultKind>,
    private readonly random: Random,
    private readonly recorder: Recorder,
  ) {}

  has(kind: FaultKind): boolean {
    return !this.isCalm && this.kinds.has(kind);
  }

  strikes(kind: FaultKind, odds: number, what: string): boolean {
    if (!this.has(kind) || this.random() >= odds * this.strength) return false;
    this.tell(kind, what);
    return true;
  }

  tell(kind: FaultKind, what: string): void {
    this.recorder.tell({ is: "fault", kind, what });
  }

  /** Something that was held up has its effect only now. */
  lands(at: number): void {
    this.landedAt = Math.max(this.landedAt, at);
  }

  rise(strength = 1): void {
    this.isCalm = false;
    this.strength = strength;
  }

  settle(): void {
    this.isCalm = true;
    this.strength = 1;
  }
}
