// Node has the browser's BroadcastChannel; its locks are played here, as the specification has them.

import { afterEach, describe, expect, it, vi } from "vitest";
import { alone } from "../../core/client/tabs/alone";
import { browserNeighbours, type TabTools } from "./browser-neighbours";

type Claim = {
  readonly hold: () => Promise<unknown>;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
};

function playedLocks() {
  let held: Claim | undefined;
  let queue: Claim[] = [];
  const next = () => {
    const claim = queue.shift();
    if (claim) void grant(claim);
  };
  const grant = async (claim: Claim) => {
    held = claim;
    await Promise.resolve();
    void claim.hold().then(() => {
      claim.resolve();
      if (held !== claim) return;
      held = undefined;
      next();
    });
  };
  const request = (_: string, { steal, signal }: LockOptions, hold: () => Promise<unknown>) =>
    new Promise<void>((resolve, reject) => {
      const claim = { hold, resolve, reject };
      signal?.addEventListener("abort", () => {
        if (!queue.includes(claim)) return;
        queue = queue.filter((one) => one !== claim);
        reject(new DOMException("aborted", "AbortError"));
      });
      if (steal && held) held.reject(new DOMException("stolen", "AbortError"));
      if (steal || !held) void grant(claim);
      else queue.push(claim);
    });
  // Of the locks only this is called, with these parameters.
  return { request } as unknown as TabTools["locks"];
}

const open: BroadcastChannel[] = [];
const tools = (locks: TabTools["locks"] = playedLocks()): TabTools => ({
  locks,
  channel: (name) => {
    const channel = new BroadcastChannel(name);
    open.push(channel);
    return channel;
  },
});
afterEach(() => {
  for (const channel of open.splice(0)) channel.close();
});

const events = () => ({ led: vi.fn(), lost: vi.fn() });

describe("the lead among the tabs of one browser", () => {
  it("goes to the first that asks, and to the next when that one gives it back", async () => {
    const shared = tools();
    const [first, second] = [events(), events()];
    const giveBack = browserNeighbours("a", shared).lead(first, { seize: false });
    browserNeighbours("a", shared).lead(second, { seize: false });
    await vi.waitFor(() => expect(first.led).toHaveBeenCalledOnce(), 60_000);
    expect(second.led).not.toHaveBeenCalled();

    giveBack();

    await vi.waitFor(() => expect(second.led).toHaveBeenCalledOnce(), 60_000);
    expect(first.lost).not.toHaveBeenCalled();
  });

  it("is seized from one that does not answer, which is told", async () => {
    const shared = tools();
    const [first, second] = [events(), events()];
    browserNeighbours("a", shared).lead(first, { seize: false });
    await vi.waitFor(() => expect(first.led).toHaveBeenCalled(), 60_000);

    browserNeighbours("a", shared).lead(second, { seize: true });

    await vi.waitFor(() => expect(second.led).toHaveBeenCalledOnce(), 60_000);
    expect(first.lost).toHaveBeenCalledOnce();
  });

  it("is not given to one that has stopped waiting for it", async () => {
    const shared = tools();
    const [first, second, third] = [events(), events(), events()];
    const giveBack = browserNeighbours("a", shared).lead(first, { seize: false });
    const stopWaiting = browserNeighbours("a", shared).lead(second, { seize: false });
    browserNeighbours("a", shared).lead(third, { seize: false });
    await vi.waitFor(() => expect(first.led).toHaveBeenCalled(), 60_000);

    stopWaiting();
    giveBack();

    await vi.waitFor(() => expect(third.led).toHaveBeenCalled(), 60_000);
    expect(second.led).not.toHaveBeenCalled();
    expect(second.lost).not.toHaveBeenCalled();
  });

  it("is everyone's own where the browser gives no locks", async () => {
    const denied = { request: () => Promise.reject<never>(new DOMException("denied", "SecurityError")) };
    const one = events();
    browserNeighbours("a", tools(denied)).lead(one, { seize: false });
    await vi.waitFor(() => expect(one.led).toHaveBeenCalledOnce(), 60_000);
    expect(one.lost).not.toHaveBeenCalled();

    expect(browserNeighbours("a", undefined)).toBe(alone);
  });
});

describe("what tabs say to each other", () => {
  it("reaches the others in its order, never oneself, and nobody of another name", async () => {
    const shared = tools();
    const [one, other, stranger] = ["a", "a", "b"].map((name) => browserNeighbours(name, shared));
    const [heardByOne, heard, overheard] = [vi.fn(), vi.fn(), vi.fn()];
    one!.listen(heardByOne);
    other!.listen(heard);
    stranger!.listen(overheard);

    for (const number of [1, 2, 3]) one!.post({ number });

    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(3), 60_000);
    expect(heard.mock.calls).toEqual([[{ number: 1 }], [{ number: 2 }], [{ number: 3 }]]);
    expect(heardByOne).not.toHaveBeenCalled();
    expect(overheard).not.toHaveBeenCalled();
  });

  it("is not missed by a tab that turns from following to leading", async () => {
    const shared = tools();
    const [one, other] = [browserNeighbours("a", shared), browserNeighbours("a", shared)];
    const [before, after] = [vi.fn(), vi.fn()];
    const stop = one.listen(before);
    stop();
    one.listen(after);

    other.post("hello");

    await vi.waitFor(() => expect(after).toHaveBeenCalledWith("hello"), 60_000);
    expect(before).not.toHaveBeenCalled();
    expect(open).toHaveLength(2);
  });
});
