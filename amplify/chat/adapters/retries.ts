import { isPassing } from "./aws-error";

export type Retries = {
  readonly attempts: number;
  /** The first pause is up to this long; each further one up to twice the one before. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
};

export type World = {
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly pause: (delayMs: number) => Promise<void>;
};

export type Tried<T> = { readonly value: T; readonly attempts: number };

/**
 * Tries until it succeeds, fails for good or has been tried often enough. Pauses are anywhere between nothing
 * and their bound (full jitter), so that functions that failed together do not come back together.
 *
 * `attempts` above 1 says that an earlier attempt may have been applied although it was answered with an error.
 */
export async function withRetries<T>(
  retries: Retries,
  world: World,
  attempt: () => Promise<T>,
): Promise<Tried<T>> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return { value: await attempt(), attempts };
    } catch (error) {
      if (!isPassing(error) || attempts >= retries.attempts) throw new Failed(error, attempts);
      const boundMs = Math.min(retries.longestPauseMs, retries.firstPauseMs * 2 ** (attempts - 1));
      await world.pause(world.random() * boundMs);
    }
  }
}

/** The last error, and how many attempts there were: a condition that fails at the second may be our own doing. */
export class Failed extends Error {
  override readonly name = "Failed";

  constructor(
    override readonly cause: unknown,
    readonly attempts: number,
  ) {
    super(`failed after ${attempts} attempts; ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
