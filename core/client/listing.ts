// The list of conversations: what the welcome told, and the pages below it.
//
// The server lists by activity, a page at a time, and `activeAt` is coarse: a conversation that changed at t has
// an activeAt above t - BUMP_EVERY_MS. So after a welcome this device pages on until the rows are older than its
// last welcome by that much: then nothing that changed in between has been missed, however many there were.

import { conversationOf } from "../domain/conversation";
import { BUMP_EVERY_MS } from "../domain/limits";
import type { Device } from "./device.types";
import { askPatiently } from "./patience";
import { summarised } from "./summary";
import type { Rows, Summary, Welcome } from "./told.types";

export interface Listing {
  welcomed(welcome: Welcome): Promise<void>;
  /** Something changed in a conversation that is not known here. */
  refresh(): Promise<void>;
  loadMore(): Promise<void>;
  take(rows: readonly Summary[]): void;
}

export type ListingNeeds = {
  readonly listedAt: () => number | undefined;
  readonly listed: (at: number) => void;
  /** Whether there is more of the list. */
  readonly turned: (hasMore: boolean) => void;
  /** This conversation was summarised: something of it may be missing here or there. */
  readonly met: (row: Summary) => void;
};

export function createListing(device: Device, { listedAt, listed, turned, met }: ListingNeeds): Listing {
  const { timelines } = device;
  let next: string | undefined;
  let refreshing: Promise<void> | undefined;
  let loading: Promise<void> | undefined;

  function take(rows: readonly Summary[]): number {
    const me = device.me();
    const own = rows.filter(({ conversation }) => me && conversationOf(conversation, me));
    const unknown = own.filter(({ conversation }) => !timelines.get(conversation)).length;
    for (const row of own) {
      timelines.put(summarised(timelines.get(row.conversation), row));
      met(row);
    }
    return unknown;
  }

  async function page(from: string | undefined): Promise<Rows | undefined> {
    const reply = await askPatiently(device, { action: "inbox", ...(from !== undefined && { next: from }) });
    if (reply.is !== "answered") return undefined;
    turnTo(reply.answer.next);
    return reply.answer;
  }

  function turnTo(following: string | undefined): void {
    next = following;
    turned(following !== undefined);
  }

  /** Whether it came to the end of what may have changed. */
  async function readDown(first: Rows, since: number): Promise<boolean> {
    let rows: Rows | undefined = first;
    while (rows.next !== undefined && (rows.rows.at(-1)?.activeAt ?? 0) >= since) {
      rows = await page(rows.next);
      if (!rows) return false;
      take(rows.rows);
    }
    return true;
  }

  async function refresh(): Promise<void> {
    const first = await page(undefined);
    if (!first) return;
    take(first.rows);
    await readDown(first, (listedAt() ?? Infinity) - BUMP_EVERY_MS);
  }

  async function loadUnknown(): Promise<void> {
    while (next !== undefined) {
      const rows = await page(next);
      if (!rows || take(rows.rows) > 0) return;
    }
  }

  return {
    take,
    welcomed: async ({ conversations, next: following, now }) => {
      turnTo(following);
      take(conversations);
      // A device that was never here has nothing to miss: the rest is listed when somebody scrolls there.
      const since = (listedAt() ?? Infinity) - BUMP_EVERY_MS;
      const first = { rows: conversations, ...(following !== undefined && { next: following }) };
      if (await readDown(first, since)) listed(now);
    },
    refresh: () => (refreshing ??= refresh().finally(() => (refreshing = undefined))),
    loadMore: () => (loading ??= loadUnknown().finally(() => (loading = undefined))),
  };
}
