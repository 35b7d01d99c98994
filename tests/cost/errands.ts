/** What is under way and will end by itself: an answer that must come, a socket that opens, a token that is asked for. */
export class Errands {
  private underWay = new Map<symbol, string>();
  private waiting: (() => void)[] = [];
  private failure: Error | undefined;

  /** Call what it answers when the errand is done; once more does nothing. */
  begin(what: string): () => void {
    const errand = Symbol(what);
    this.underWay.set(errand, what);
    return () => {
      this.underWay.delete(errand);
      if (this.underWay.size > 0) return;
      for (const then of this.waiting.splice(0)) then();
    };
  }

  /** Something went wrong that no errand will hear of. */
  fail(why: string): void {
    this.failure ??= new Error(`unable to go on; ${why}`);
    for (const then of this.waiting.splice(0)) then();
  }

  get idle(): boolean {
    return this.underWay.size === 0;
  }

  async done(withinMs: number): Promise<void> {
    this.throwFailure();
    if (this.idle) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const left = [...this.underWay.values()].join(", ");
        reject(new Error(`unable to go on; this does not end: ${left}`));
      }, withinMs);
    });
    const idle = new Promise<void>((resolve) => this.waiting.push(resolve));
    await Promise.race([idle, late]).finally(() => clearTimeout(timer));
    this.throwFailure();
  }

  private throwFailure(): void {
    if (this.failure) throw this.failure;
  }
}
