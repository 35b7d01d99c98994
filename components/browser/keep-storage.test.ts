import { describe, expect, it, vi } from "vitest";
import { createMemoryStore } from "../../core/client/memory-store";
import { entry, kept, pending } from "../../core/client/plays/logbook";
import { clientStoreContract } from "../../core/client/client-store.contract";
import { askingToKeep } from "./keep-storage";

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function stand({ persisted = false } = {}) {
  const persist = vi.fn(async () => true);
  const store = askingToKeep(createMemoryStore(), () => ({ persist, persisted: async () => persisted }));
  return { store, persist };
}

clientStoreContract("a store that asks the browser to keep it", {
  open: async () => stand().store,
});

describe("asking the browser to keep the storage", () => {
  it("waits while there is nothing to lose", async () => {
    const { store, persist } = stand();
    await store.saveLog({ conversation: kept(), entries: [], settled: [] });
    await settled();
    expect(persist).not.toHaveBeenCalled();
  });

  it("follows the first message that is written here, and only that one", async () => {
    const { store, persist } = stand();
    await store.putOutbox(pending("one", 0).item);
    await store.putOutbox(pending("two", 0).item);
    await settled();
    expect(persist).toHaveBeenCalledTimes(1);
  });

  it("follows the first message that arrives", async () => {
    const { store, persist } = stand();
    await store.saveLog({ conversation: kept(), entries: [entry(1)], settled: [] });
    await settled();
    expect(persist).toHaveBeenCalledTimes(1);
  });

  it("is left out where the browser keeps it already", async () => {
    const { store, persist } = stand({ persisted: true });
    await store.putOutbox(pending("one", 0).item);
    await settled();
    expect(persist).not.toHaveBeenCalled();
  });

  it("loses no message where the browser has no such question, or refuses it", async () => {
    for (const rights of [
      () => undefined,
      () => ({ persist: vi.fn(), persisted: async () => Promise.reject(new Error("no")) }),
    ]) {
      const store = askingToKeep(createMemoryStore(), rights);
      await store.putOutbox(pending("one", 0).item);
      await settled();
      expect(await store.outbox()).toHaveLength(1);
    }
  });
});
