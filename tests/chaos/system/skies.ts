// The cloud's weather as the sum of what is on at the moment: each spell has its beginning and its end.

import type { WeatherSettings } from "../../../local/weather/settings";
import type { SystemCloud } from "./cloud";

export type Spell = Partial<Omit<WeatherSettings, "seed">>;

export class Skies {
  private readonly spells = new Set<Spell>();
  private readonly ends = new Set<NodeJS.Timeout>();
  private seed: number;
  private isHeld = false;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly cloud: Pick<SystemCloud, "setWeather">,
    seed: number,
  ) {
    this.seed = seed;
  }

  async begin(spell: Spell, forMs: number): Promise<void> {
    this.spells.add(spell);
    const end = setTimeout(() => {
      this.ends.delete(end);
      this.spells.delete(spell);
      void this.set();
    }, forMs);
    this.ends.add(end);
    await this.set();
  }

  /** Fair while this goes on, one at a time; what is on meanwhile comes out then, if it is still on. */
  fairWhile(act: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(async () => {
      this.isHeld = true;
      await this.cloud.setWeather({});
      await act();
      this.isHeld = false;
      await this.set();
    });
    this.turn = mine;
    return mine;
  }

  async clear(): Promise<void> {
    for (const end of this.ends) clearTimeout(end);
    this.ends.clear();
    this.spells.clear();
    await this.cloud.setWeather({});
  }

  private async set(): Promise<void> {
    if (this.isHeld) return;
    const merged = [...this.spells].reduce<Spell>((all, one) => joined(all, one), {});
    await this.cloud.setWeather({ ...merged, seed: (this.seed += 1) });
  }
}

/** The worse of both, and the crashes of both. */
function joined(one: Spell, other: Spell): Spell {
  // The same schema on both sides, so what is under a name is of one kind.
  return join(one, other) as Spell;
}

function join(one: unknown, other: unknown): unknown {
  if (one === undefined) return other;
  if (other === undefined) return one;
  if (typeof one === "number" && typeof other === "number") return Math.max(one, other);
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return Object.fromEntries([...names].map((name) => [name, join(left.get(name), right.get(name))]));
}
