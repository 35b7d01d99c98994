// A disk whose writes take time, and one store on it for each page. As in a browser, the transactions of all pages run
// one after the other, and the browser aborts the transactions of a page that is left.

import type { Timers } from "../../domain/ports/clock";
import type { ClientStore } from "../ports/store";

export type PageStore = ClientStore & {
  /** The page is left: its unfinished writes are aborted. */
  readonly abandon: () => void;
};

/** `writeMs` answers for each write with how long it takes; "refused": the disk is full. */
export function slowDisk(store: ClientStore, timers: Timers, writeMs: () => number | "refused") {
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = last.then(act);
    last = done.catch(() => {});
    return done;
  }

  const passed = (ms: number) => new Promise<void>((resolve) => void timers.after(ms, resolve));

  return function openPage(): PageStore {
    let page = 0;

    const read =
      <P extends readonly unknown[], T>(from: (...by: P) => Promise<T>) =>
      (...by: P) =>
        inTurn(() => from(...by));

    const write =
      <P extends readonly unknown[]>(to: (...by: P) => Promise<void>) =>
      (...by: P): Promise<void> => {
        const begunBy = page;
        const isGone = () => begunBy !== page;
        return new Promise((resolve, reject) => {
          const done = inTurn(async () => {
            const delayMs = isGone() ? 0 : writeMs();
            if (delayMs === "refused") throw new Error("unable to store; the disk is full");
            await passed(delayMs);
            if (!isGone()) await to(...by);
          });
          done.then(() => isGone() || resolve(), reject);
        });
      };

    return {
      ...store,
      me: read(store.me),
      conversations: read(store.conversations),
      outbox: read(store.outbox),
      entriesBefore: read(store.entriesBefore),
      saveMe: write(store.saveMe),
      saveLog: write(store.saveLog),
      putOutbox: write(store.putOutbox),
      removeOutbox: write(store.removeOutbox),
      abandon: () => void (page += 1),
    };
  };
}
