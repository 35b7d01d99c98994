/** What is undone later, each by its own time; or all of it now. */
export class Undoing {
  private readonly open = new Set<() => void>();

  readonly after = (afterMs: number, then: () => void): void => {
    const now = () => {
      clearTimeout(timer);
      if (this.open.delete(now)) then();
    };
    const timer = setTimeout(now, afterMs);
    this.open.add(now);
  };

  all(): void {
    for (const now of [...this.open]) now();
  }
}
