// A person at a browser: a profile of their own, with one or two tabs at the same conversation. What they do may meet a
// page that is just being loaded, or is gone; then it was not done.

import { setTimeout as pause } from "node:timers/promises";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import * as v from "valibot";
import { arriveIn, composer, openByHandle, type Talker } from "../../e2e/people";
import type { Happening } from "../history/event";
import { BINDING, type Told } from "./told";

export type TabTold = { readonly tab: string; readonly profile: string } & Told;
export type Tell = (happening: Happening) => void;

/** High enough for the newest hundred lines. */
const VIEWPORT = { width: 900, height: 6_000 };
const PATIENCE_MS = 2_000;

const item = v.object({
  id: v.string(),
  conversation: v.string(),
  kind: v.string(),
  state: v.object({ is: v.picklist(["waiting", "failed"]) }),
});

export class Seat {
  readonly tabs = new Map<string, Page>();
  private opened = 0;
  private isOffline = false;
  private address = "";

  private constructor(
    readonly name: string,
    private readonly context: BrowserContext,
    readonly talker: Talker,
    first: Page,
  ) {
    this.add(first);
  }

  static async arrive(
    browser: Browser,
    at: { readonly baseURL: string; readonly script: string },
    name: string,
    told: (told: TabTold) => void,
  ): Promise<Seat> {
    const context = await browser.newContext({ baseURL: at.baseURL, viewport: VIEWPORT });
    let seat: Seat | undefined;
    let first: Page | undefined;
    const tabOf = (page: Page) =>
      [...(seat?.tabs ?? [])].find(([, one]) => one === page)?.[0] ??
      (page === first ? `${name}-1` : undefined);
    await context.exposeBinding(BINDING, ({ page }, text: string) => {
      first ??= page;
      const tab = tabOf(page);
      // Written by witness.ts of this very version.
      if (tab !== undefined) told({ tab, profile: name, ...(JSON.parse(text) as Told) });
    });
    await context.addInitScript({ content: at.script });
    const talker = await arriveIn(context, name);
    return (seat = new Seat(name, context, talker, talker.page));
  }

  get user(): string {
    return this.talker.account.user;
  }

  get front(): [string, Page] | undefined {
    return [...this.tabs].at(-1);
  }

  async begin(withHandle: string): Promise<void> {
    const page = this.talker.page;
    await openByHandle(page, withHandle);
    await composer(page).waitFor();
    this.address = page.url();
  }

  async join(other: string): Promise<void> {
    const page = this.talker.page;
    await page.getByRole("link", { name: other }).click();
    await composer(page).waitFor();
    this.address = page.url();
  }

  /** `about` is called in the moment before it is sent off. False: there was no page to write in. */
  async write(text: string, about: (tab: string) => void): Promise<boolean> {
    const [tab, page] = this.front ?? [];
    if (!tab || !page) return false;
    try {
      await composer(page).fill(text, { timeout: PATIENCE_MS });
      about(tab);
      await composer(page).press("Enter", { timeout: PATIENCE_MS });
      return true;
    } catch {
      return false;
    }
  }

  /** Without a network the browser would show a page of its own, and no person would take it for theirs. */
  async reload(): Promise<void> {
    if (this.isOffline) return;
    await this.front?.[1].reload().catch(() => undefined);
  }

  /** The one that leads is closed under the other's feet. */
  async leaveToAnother(tell: Tell): Promise<void> {
    const [tab, old] = this.front ?? [];
    if (!tab || !old || this.isOffline) return;
    this.add(await this.context.newPage());
    await this.front?.[1].goto(this.address).catch(() => undefined);
    await pause(PATIENCE_MS / 4);
    this.tabs.delete(tab);
    tell({ is: "tab-gone", tab });
    await old.close();
  }

  async offline(isOffline: boolean): Promise<void> {
    this.isOffline = isOffline;
    await this.context.setOffline(isOffline).catch(() => undefined);
  }

  /** All of it, as it lies in IndexedDB. */
  async outbox() {
    const [, page] = this.front ?? [];
    const found = await page?.evaluate(async (name) => {
      const opening = indexedDB.open(name);
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error ?? new Error(name));
      });
      const asking = database.transaction("outbox").objectStore("outbox").getAll();
      await new Promise((resolve) => (asking.onsuccess = resolve));
      database.close();
      return asking.result as unknown[];
    }, `parley.${this.user}`);
    return v.parse(v.array(item), found ?? []);
  }

  close(): Promise<void> {
    return this.context.close();
  }

  private add(page: Page): void {
    this.tabs.set(`${this.name}-${(this.opened += 1)}`, page);
  }
}
