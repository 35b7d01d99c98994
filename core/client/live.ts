// A view is computed when somebody looks, and stays the same object while nothing in it changed.

import type { Live } from "./chat-client.types";

export type View<T> = Live<T> & {
  /** What the view is made from may have changed. */
  readonly touch: () => void;
};

export function createView<T>(compute: () => T): View<T> {
  const listeners = new Set<() => void>();
  let kept: { readonly value: T } | undefined;
  let stale = true;

  return {
    subscribe: (onChange) => {
      // One entry a subscription: the same function may be subscribed twice.
      const listener = () => onChange();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => {
      if (!stale && kept) return kept.value;
      stale = false;
      const value = compute();
      if (!kept || !alike(kept.value, value)) kept = { value };
      return kept.value;
    },
    touch: () => {
      stale = true;
      for (const listener of [...listeners]) listener();
    },
  };
}

/** The same fields; a field that is a list is the same when it holds the same things. */
export function alike<T>(one: T, other: T): boolean {
  if (Object.is(one, other)) return true;
  if (!isRecord(one) || !isRecord(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => sameField(one[key], other[key]));
}

function sameField(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return Object.is(one, other);
  return one.length === other.length && one.every((item, index) => Object.is(item, other[index]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
