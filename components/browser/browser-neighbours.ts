// The other tabs of this person in this browser: a channel to talk over, and a lock that one of them has.

import type { LeadEvents, Neighbours } from "../../core/client/ports/neighbours";
import { alone } from "../../core/client/tabs/alone";

export type TabTools = {
  readonly locks: Pick<LockManager, "request">;
  readonly channel: (name: string) => BroadcastChannel;
};

/** Missing in old browsers; locks also where the page is opened by an address of the local network without https. */
export function tabTools(): TabTools | undefined {
  const locks = (navigator as { readonly locks?: LockManager }).locks;
  if (!locks || typeof BroadcastChannel === "undefined") return undefined;
  return { locks, channel: (name) => new BroadcastChannel(name) };
}

/**
 * `name` says whose tabs these are and of which build: what tabs say to each other is not understood by those of
 * another build, so each build has a leader and a socket of its own for as long as both are open.
 */
export function browserNeighbours(name: string, tools: TabTools | undefined): Neighbours {
  if (!tools) return alone;
  const { locks, channel } = tools;
  const listeners = new Set<(message: unknown) => void>();
  let line: BroadcastChannel | undefined;

  function open(): BroadcastChannel {
    if (line) return line;
    line = channel(name);
    line.onmessage = ({ data }) => {
      for (const listener of [...listeners]) listener(data);
    };
    return line;
  }

  /** Not at once: a tab that takes the lead stops listening as one that follows and begins as one that leads. */
  function closeSoon(): void {
    void Promise.resolve().then(() => {
      if (listeners.size > 0) return;
      line?.close();
      line = undefined;
    });
  }

  return {
    lead: (events, options) => holdLock(locks, name, events, options),
    post: (message) => {
      open().postMessage(message);
      closeSoon();
    },
    listen: (onMessage) => {
      open();
      listeners.add(onMessage);
      return () => {
        listeners.delete(onMessage);
        closeSoon();
      };
    },
  };
}

/**
 * The lock is held for as long as the promise that its callback returned is pending; the browser frees it when the
 * page is closed or crashes. When another tab steals it, the request of this one is rejected.
 */
function holdLock(
  locks: TabTools["locks"],
  name: string,
  { led, lost }: LeadEvents,
  { seize }: { readonly seize: boolean },
): () => void {
  const waiting = new AbortController();
  let state: "waiting" | "held" | "over" = "waiting";
  let release = () => {};
  const hold = () =>
    new Promise<void>((resolve) => {
      if (state === "over") return resolve();
      state = "held";
      release = resolve;
      led();
    });
  const options: LockOptions = seize ? { steal: true } : { signal: waiting.signal };

  locks.request(name, options, hold).catch(() => {
    if (state === "over") return;
    const wasHeld = state === "held";
    state = "held";
    // A browser that gives no locks to this page (site data blocked) leaves each tab to itself.
    if (wasHeld) lost();
    else led();
  });
  return () => {
    state = "over";
    waiting.abort();
    release();
  };
}
