/** Time in the local cloud: the gateway's cuts, token lifetimes, TTL. Tests turn it; nobody waits two hours. */
export interface Clock {
  now(): number;
  /** Calls back once the clock has moved on by so much; the answer cancels. */
  after(delayMs: number, then: () => void): () => void;
}
