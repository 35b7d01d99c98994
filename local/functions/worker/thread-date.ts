// A function's time is the cloud's: what the cloud's clock was turned by lies in shared memory. `Date` alone is
// moved; timers and `performance.now()` measure spans, and a turn is no span that a function lived through.

export function moveDate(offset: SharedArrayBuffer): void {
  const ahead = new Float64Array(offset);
  const Machine = globalThis.Date;
  const now = (): number => Machine.now() + (ahead[0] ?? 0);

  globalThis.Date = new Proxy(Machine, {
    construct: (target, given: unknown[], asked) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, asked),
    // Without `new` it is text.
    apply: () => new Machine(now()).toString(),
    get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
  });
}
