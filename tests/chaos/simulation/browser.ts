// One browser profile: a store, and tabs that hear of one another and of whom one leads, as locks and channels of a
// browser would have it.

import type { LeadEvents, Neighbours } from "../../../core/client/ports/neighbours";
import type { FrailStore } from "./frail-store";
import type { Tab } from "./tab";
import type { VirtualClock } from "./virtual-clock";

const HOP_MS = 1;

type Claim = LeadEvents & { readonly tab: Tab };

export class Browser {
  readonly tabs: Tab[] = [];
  /** How wrong the clock of this device is. */
  aheadMs = 0;
  private readonly listeners = new Map<(message: unknown) => void, Tab>();
  private claims: Claim[] = [];

  constructor(
    readonly profile: string,
    readonly store: FrailStore,
    private readonly clock: VirtualClock,
  ) {}

  /** The tab is gone: the browser lets go of what it held. */
  release(tab: Tab): void {
    for (const [listener, owner] of this.listeners) if (owner === tab) this.listeners.delete(listener);
    for (const claim of this.claims.filter((one) => one.tab === tab)) this.giveUp(claim);
    this.tabs.splice(this.tabs.indexOf(tab), 1);
  }

  neighboursOf(tab: Tab): Neighbours {
    return {
      lead: (events, { seize }) => this.lead({ ...events, tab }, seize),
      post: (message) => this.post(tab, message),
      listen: (onMessage) => {
        this.listeners.set(onMessage, tab);
        return () => void this.listeners.delete(onMessage);
      },
    };
  }

  private lead(claim: Claim, seize: boolean): () => void {
    const [leader] = this.claims;
    if (seize && leader) {
      this.claims = [claim, ...this.claims.slice(1)];
      this.later(leader.tab, leader.lost);
      this.later(claim.tab, claim.led);
    } else {
      this.claims.push(claim);
      if (!leader) this.later(claim.tab, claim.led);
    }
    return () => this.giveUp(claim);
  }

  private giveUp(claim: Claim): void {
    const led = this.claims[0] === claim;
    this.claims = this.claims.filter((one) => one !== claim);
    const [next] = this.claims;
    if (led && next) this.later(next.tab, next.led);
  }

  /** What is said is a copy, and plain. */
  private post(from: Tab, message: unknown): void {
    const text = JSON.stringify(message);
    for (const [listener, tab] of this.listeners)
      if (tab !== from) this.later(tab, () => this.listeners.has(listener) && listener(JSON.parse(text)));
  }

  private later(tab: Tab, then: () => void): void {
    this.clock.after(HOP_MS, () => tab.run(then));
  }
}
