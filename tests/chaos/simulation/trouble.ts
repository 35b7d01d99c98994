// What happens to people's devices. What a device recovers from by itself is not undone here; the rest is, when the
// run comes to its end (see rest.ts) or by the same trouble again.

import type { ConversationId } from "../../../core/domain/ids";
import type { Random } from "../../../core/domain/ports/clock";
import { below } from "../../../core/testing/seeded-random";
import type { FaultKind } from "../history/event";
import { between, oneOf } from "./chances";
import type { Cast } from "./cast";
import { say, turn } from "./speaking";
import type { Tab } from "./tab";
import type { World } from "./world";

type Scene = {
  readonly world: World;
  readonly cast: Cast;
  readonly tab: Tab;
  readonly random: Random;
  readonly index: number;
};
/** What happened; undefined: it could not. */
type Trouble = { readonly kind: FaultKind; readonly strike: (scene: Scene) => string | undefined };

const MOST_TABS = 3;

const cut: Trouble = {
  kind: "N1",
  strike: ({ world, tab }) => {
    world.gateway.cut(tab.line);
    return "a line was cut";
  },
};

const dark: Trouble = {
  kind: "N5",
  strike: ({ world, tab, random }) => {
    tab.line.alive = false;
    world.clock.after(between(random, 500, 40_000), () => void (tab.line.alive = true));
    return "a line was dead for a while and nobody was told";
  },
};

const deaf: Trouble = {
  kind: "N5",
  strike: ({ world, tab }) => {
    world.gateway.deafen(tab.line);
    return "a socket was open on one side only";
  },
};

const wedge: Trouble = {
  kind: "N9",
  strike: ({ world, tab }) => {
    world.gateway.wedge(tab.line);
    return "a peer took nothing any more";
  },
};

const unplug: Trouble = {
  kind: "N1",
  strike: ({ world, tab, random }) => {
    world.gateway.cut(tab.line);
    tab.line.alive = false;
    tab.surroundings({ online: false });
    world.clock.after(between(random, 500, 20_000), () => {
      tab.line.alive = true;
      tab.surroundings({ online: true });
    });
    return "a device had no network for a while";
  },
};

const clock: Trouble = {
  kind: "N11",
  strike: ({ tab, random }) => {
    tab.browser.aheadMs = between(random, -600_000, 600_000);
    return "a device's clock jumped";
  },
};

const cutAtTwoHours: Trouble = {
  kind: "N13",
  strike: ({ world, cast, tab, random, index }) => {
    for (let count = 0; count < 3; count += 1)
      void say(tab, among(world, tab, cast.talk), `${index} in a burst ${count} by ${tab.name}`);
    world.clock.after(below(random, 30), () => world.gateway.cut(tab.line));
    return "the two-hour cut came inside a burst";
  },
};

const keys: Trouble = {
  kind: "N14",
  strike: ({ world, tab }) => {
    world.tokens.turnKeys();
    world.gateway.cut(tab.line);
    return "the keys were turned";
  },
};

const freeze: Trouble = {
  kind: "N15",
  strike: ({ world, tab, random }) => {
    tab.freeze();
    world.clock.after(between(random, 200, 30_000), () => tab.thaw());
    return "a tab hung for a while";
  },
};

const doze: Trouble = {
  kind: "N15",
  strike: ({ world, tab, random }) => {
    tab.surroundings({ awake: false });
    world.clock.after(between(random, 200, 30_000), () => tab.surroundings({ awake: true }));
    return "a tab was frozen by its browser for a while";
  },
};

const crash: Trouble = {
  kind: "N15",
  strike: ({ world, tab }) => {
    if (tab.browser.tabs.length < 2) return undefined;
    tab.crash();
    world.tabs.splice(world.tabs.indexOf(tab), 1);
    return "a tab crashed";
  },
};

const open: Trouble = {
  kind: "N15",
  strike: ({ world, cast, tab, index }) => {
    if (tab.browser.tabs.length >= MOST_TABS) return undefined;
    const another = world.open(tab.browser, `${tab.browser.profile}-at-${index}`, tab.user);
    another.looking = among(world, tab, cast.talk);
    another.start();
    return "one more tab was opened";
  },
};

const full: Trouble = {
  kind: "N15",
  strike: ({ world, tab, random }) => {
    tab.browser.store.fill(true);
    world.clock.after(between(random, 500, 20_000), () => tab.browser.store.fill(false));
    return "a store was full for a while";
  },
};

const purge: Trouble = {
  kind: "N15",
  strike: ({ tab }) => {
    void tab.browser.store.purge();
    return "a store was purged";
  },
};

const blockRace: Trouble = {
  kind: "N16",
  strike: ({ world, cast, tab, random, index }) => {
    const conversation = among(world, tab, below(random, 2) === 0 ? cast.talk : cast.other);
    const others = world.tabs.filter((one) => one.isRunning && knows(one, conversation) && one !== tab);
    for (const [count, one] of others.entries())
      world.clock.after(below(random, 60), () => {
        if (one.isRunning && knows(one, conversation))
          void say(one, conversation, `${index} against a block ${count} by ${one.name}`);
      });
    void turn(tab, conversation, "block");
    world.clock.after(between(random, 20, 6_000), () => {
      if (tab.isRunning) void turn(tab, conversation, "unblock");
    });
    return "a block and its end raced sends";
  },
};

const everyone: Trouble = {
  kind: "N17",
  strike: ({ world }) => {
    for (const { line } of world.tabs) world.gateway.cut(line);
    return "everyone was cut at once";
  },
};

export const TROUBLES = {
  ...{ cut, dark, deaf, wedge, unplug, clock, cutAtTwoHours, keys, freeze, doze, crash, open, full, purge },
  ...{ blockRace, everyone },
} as const;
export type TroubleName = keyof typeof TROUBLES;

export const knows = (tab: Tab, conversation: ConversationId) =>
  tab.client.timeline(conversation).getSnapshot() !== undefined;

const among = (world: World, { user }: Tab, wanted: ConversationId): ConversationId => {
  const all = world.conversationsOf(user);
  return all.includes(wanted) ? wanted : oneOf(world.random, all);
};
