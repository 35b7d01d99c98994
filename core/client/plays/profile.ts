// One browser profile on the stage: several tabs of one person over one store, who hear of one another and of whom
// one leads, as a browser's locks and channels would have it.

import type { UserId } from "../../domain/ids";
import { createMemoryStore } from "../memory-store";
import type { LeadEvents, Neighbours } from "../ports/neighbours";
import type { ClientStore } from "../ports/store";
import { Player } from "./player";
import type { Stage } from "./stage";

const HOP_MS = 1;

type Claim = LeadEvents & { readonly player: Player };

/** The store as one of the tabs reaches it: over a slow disk, say. */
export type StoreOfTab = (store: ClientStore, tab: () => Player) => ClientStore;

export class Profile {
  readonly store = createMemoryStore();
  readonly tabs: Player[] = [];
  /** What the tabs have said to one another. */
  readonly said: { readonly is: string }[] = [];
  private readonly listeners = new Map<(message: unknown) => void, Player>();
  private claims: Claim[] = [];

  constructor(
    readonly stage: Stage,
    readonly user: UserId,
    private readonly storeOfTab: StoreOfTab = (store) => store,
  ) {}

  async open(runMs = 100): Promise<Player> {
    const store = this.storeOfTab(this.store, () => tab);
    const tab: Player = new Player(this.stage, this.user, store, "Somebody", (player) =>
      this.neighbours(player),
    );
    this.tabs.push(tab);
    await tab.start(runMs);
    return tab;
  }

  /** Without a last word. The browser lets go of what the page held. */
  crash(tab: Player): void {
    tab.crash();
    for (const claim of this.claims.filter(({ player }) => player === tab)) this.giveUp(claim);
  }

  /** Which of them has the socket, if one has. */
  leading(): readonly Player[] {
    return this.tabs.filter(({ line }) => this.stage.open(line).length > 0);
  }

  private neighbours(player: Player): Neighbours {
    return {
      lead: (events, { seize }) => this.lead({ ...events, player }, seize),
      post: (message) => this.post(player, message),
      listen: (onMessage) => {
        this.listeners.set(onMessage, player);
        return () => void this.listeners.delete(onMessage);
      },
    };
  }

  private lead(claim: Claim, seize: boolean): () => void {
    const [leader] = this.claims;
    if (seize && leader) {
      this.claims = [claim, ...this.claims.slice(1)];
      this.later(leader.player, leader.lost);
      this.later(claim.player, claim.led);
    } else {
      this.claims.push(claim);
      if (!leader) this.later(claim.player, claim.led);
    }
    return () => this.giveUp(claim);
  }

  private giveUp(claim: Claim): void {
    const led = this.claims[0] === claim;
    this.claims = this.claims.filter((one) => one !== claim);
    const [next] = this.claims;
    if (led && next) this.later(next.player, next.led);
  }

  private post(from: Player, message: unknown): void {
    // As a channel would: what is said is a copy, and plain.
    const text = JSON.stringify(message);
    this.said.push(JSON.parse(text));
    for (const [listener, player] of this.listeners)
      if (player !== from)
        this.later(player, () => this.listeners.has(listener) && listener(JSON.parse(text)));
  }

  private later(player: Player, then: () => void): void {
    this.stage.clock.after(HOP_MS, () => player.run(then));
  }
}
