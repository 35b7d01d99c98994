// A profile's store as WebKit runs it: the transactions of all tabs run one after the other. A transaction of a page
// that sleeps in the back/forward cache does not end, and holds up all transactions after it.

import type { ClientStore } from "../ports/store";
import type { Player } from "./player";
import type { StoreOfTab } from "./profile";
import type { Stage } from "./stage";

const TRANSACTION_MS = 2;

type Transaction = { readonly tab: () => Player; readonly run: () => Promise<void> };

export class QueuedDisk {
  /** No transaction ends while this is true. */
  isStalled = false;
  private readonly waiting: Transaction[] = [];
  private isRunning = false;

  constructor(private readonly stage: Stage) {}

  readonly storeOfTab: StoreOfTab = (store, tab): ClientStore => {
    const inTurn =
      <P extends readonly unknown[], T>(act: (...by: P) => Promise<T>) =>
      (...by: P) =>
        new Promise<T>((resolve, reject) => {
          this.waiting.push({ tab, run: () => act(...by).then(resolve, reject) });
          this.next();
        });
    return {
      me: inTurn(store.me),
      saveMe: inTurn(store.saveMe),
      conversations: inTurn(store.conversations),
      outbox: inTurn(store.outbox),
      entriesBefore: inTurn(store.entriesBefore),
      saveLog: inTurn(store.saveLog),
      putOutbox: inTurn(store.putOutbox),
      removeOutbox: inTurn(store.removeOutbox),
      wipe: inTurn(store.wipe),
    };
  };

  private next(): void {
    const [first] = this.waiting;
    if (this.isRunning || !first) return;
    this.isRunning = true;
    this.stage.clock.after(TRANSACTION_MS, () => {
      this.isRunning = false;
      if (this.isStalled || !first.tab().awake) return void this.stage.clock.after(50, () => this.next());
      this.waiting.shift();
      void first.run();
      this.next();
    });
  }
}
