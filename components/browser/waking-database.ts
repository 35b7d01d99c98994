// The connection to one person's database, held only while the page is awake:
//
//   1  the page goes, or is frozen    unfinished transactions are aborted, the connection is closed
//   2  the page sleeps                no transaction begins; callers wait
//   3  the page wakes                 the database is opened anew, and aborted work runs again
//
// A browser that puts the page into its back/forward cache keeps the page's unfinished transactions too, and the
// writes of every other tab of that person wait for them: in WebKit for as long as the tab lives. A write of one request
// is committed at once, so the browser can finish it without the page, and it survives step 1.

import type { IDBPTransaction, StoreNames } from "idb";
import type { Surroundings } from "../../core/client/ports/surroundings";
import { openDatabase, type ChatDatabase, type ChatSchema } from "./indexeddb-schema";

type Names = readonly StoreNames<ChatSchema>[];

export type Begin = <const N extends Names, M extends "readonly" | "readwrite">(
  stores: N,
  mode: M,
) => IDBPTransaction<ChatSchema, N, M>;

export type WakingDatabase = {
  /** Does the work; does all of it again if the page slept before the work ended, because its transaction was aborted. */
  readonly run: <T>(work: (begin: Begin) => Promise<T>) => Promise<T>;
  readonly close: () => void;
};

export function createWakingDatabase(
  name: string,
  surroundings: Pick<Surroundings, "awake" | "subscribe">,
  purged: () => void,
): WakingDatabase {
  let opening: Promise<ChatDatabase> | undefined;
  let opened: ChatDatabase | undefined;
  let sleeps = 0;
  let isAwake = surroundings.awake();
  let wake = () => {};
  let awakened = Promise.resolve();
  const unfinished = new Set<{ readonly abort: () => void }>();
  surroundings.subscribe(() => {
    if (surroundings.awake() === isAwake) return;
    isAwake = !isAwake;
    if (isAwake) wake();
    else sleep();
  });
  if (!isAwake) awakened = new Promise((resolve) => (wake = resolve));

  function sleep(): void {
    sleeps += 1;
    awakened = new Promise((resolve) => (wake = resolve));
    for (const transaction of unfinished) abort(transaction);
    unfinished.clear();
    close();
  }

  function forget(): void {
    opening = undefined;
    opened = undefined;
  }

  function close(): void {
    // A connection that is still being opened is closed as soon as it is open: see open().
    opened?.close();
    forget();
  }

  function open(): Promise<ChatDatabase> {
    if (opening) return opening;
    const now = openDatabase(name, {
      closed: forget,
      purged: () => {
        forget();
        purged();
      },
      upgrading: (transaction) => void unfinished.add(transaction),
    }).then(
      (database) => {
        unfinished.clear();
        if (opening === now) opened = database;
        else database.close();
        return database;
      },
      (cause: unknown) => {
        if (opening === now) forget();
        throw new Error("unable to open the store of this device; the browser refused", { cause });
      },
    );
    opening = now;
    return now;
  }

  async function attempt<T>(work: (begin: Begin) => Promise<T>): Promise<T> {
    const database = await open();
    return work((stores, mode) => {
      const transaction = database.transaction(stores, mode);
      unfinished.add(transaction);
      const ended = () => void unfinished.delete(transaction);
      transaction.done.then(ended, ended);
      return transaction;
    });
  }

  return {
    run: async (work) => {
      for (;;) {
        await awakened;
        const before = sleeps;
        try {
          return await attempt(work);
        } catch (reason) {
          if (sleeps === before) throw reason;
        }
      }
    },
    close,
  };
}

function abort(transaction: { readonly abort: () => void }): void {
  try {
    transaction.abort();
  } catch {
    // It has been committed, and ends without the page.
  }
}
