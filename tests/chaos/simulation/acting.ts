import type { Random } from "../../../core/domain/ports/clock";
import { below } from "../../../core/testing/seeded-random";
import { chancesOf, oneOf } from "./chances";
import type { Cast } from "./cast";
import { attack } from "./hostile";
import { kindOf, type Act, type Deed } from "./plan";
import { OPERATIONS } from "./speaking";
import type { Tab } from "./tab";
import { knows, TROUBLES } from "./trouble";
import type { World } from "./world";

/** Does one act, by whoever is there. Which tab, which message: by chances of the act's own. */
export async function perform(world: World, cast: Cast, { index, deed, afterMs }: Act): Promise<void> {
  await world.clock.run(afterMs);
  const kind = kindOf(deed);
  if (kind && !world.weather.has(kind)) return;
  const random = chancesOf(world.seed, `act ${index}`);
  const running = world.tabs.filter((tab) => tab.isRunning);
  if (running.length > 0) act(world, cast, deed, { tab: oneOf(random, running), random, index });
}

type By = { readonly tab: Tab; readonly random: Random; readonly index: number };

function act(world: World, cast: Cast, deed: Deed, { tab, random, index }: By): void {
  switch (deed.is) {
    case "operation": {
      const conversation = whereabouts(world, cast, tab, random);
      if (knows(tab, conversation)) void OPERATIONS[deed.what](tab, conversation, random, index);
      return;
    }
    case "trouble": {
      const { kind, strike } = TROUBLES[deed.what];
      const what = strike({ world, cast, tab, random, index });
      if (what !== undefined) world.weather.tell(kind, what);
      return;
    }
    case "reload":
      return tab.reload();
    case "hide":
      return tab.surroundings({ visible: !tab.visible });
    case "attack":
      return attack(world, cast, random, index);
    case "wind":
      world.weather.strength = oneOf(random, [0, 0.3, 1, 1, 2, 5]);
      return;
    default:
      return deed satisfies never;
  }
}

/** Mostly where they look. */
function whereabouts(world: World, cast: Cast, tab: Tab, random: Random) {
  const all = world.conversationsOf(tab.user);
  if (tab.looking && below(random, 4) > 0) return tab.looking;
  return all.includes(cast.talk) && below(random, 2) > 0 ? cast.talk : oneOf(random, all);
}
