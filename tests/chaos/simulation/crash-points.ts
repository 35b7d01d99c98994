// Where a function of the server can die: before and after each call that it awaits, by the route that it serves.

export type CrashPoint = `${string}: ${"before" | "after"} ${string}`;

/** Whether the function dies here; `nth`: how many crash points this run has passed before. */
export type Killer = (point: CrashPoint, nth: number) => boolean;

export class CrashPoints {
  private readonly passed = new Map<CrashPoint, number>();
  private readonly died = new Map<CrashPoint, number>();
  kills: Killer = () => false;

  pass(point: CrashPoint, nth: number): "goes on" | "dies" {
    this.passed.set(point, (this.passed.get(point) ?? 0) + 1);
    if (!this.kills(point, nth)) return "goes on";
    this.died.set(point, (this.died.get(point) ?? 0) + 1);
    return "dies";
  }

  /** Of each point how often a function came by, and how often one died there. */
  counts(): readonly { readonly point: CrashPoint; readonly passed: number; readonly died: number }[] {
    return [...this.passed]
      .map(([point, passed]) => ({ point, passed, died: this.died.get(point) ?? 0 }))
      .sort((one, other) => (one.point < other.point ? -1 : 1));
  }
}
