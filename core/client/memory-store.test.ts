import { clientStoreContract } from "./client-store.contract";
import { createMemoryStore } from "./memory-store";

clientStoreContract("memory", {
  open: async () => createMemoryStore(),
});
