// In fine weather: one line is cut, or one push is dropped, at about the moment at which somebody says something. The
// log is the truth and a push is a hint, so a lost one is made good; these rounds see whether it was there at all.

import type { ConversationId } from "../../../core/domain/ids";
import type { Random } from "../../../core/domain/ports/clock";
import type { Shown } from "../history/event";
import { between, oneOf } from "./chances";
import type { Cast } from "./cast";
import { say } from "./speaking";
import type { Tab } from "./tab";
import type { World } from "./world";

const STEP_MS = 50;
/** What is not there by then is found a minute later, if at all. */
const ROUND_MS = 6_000;

type Round = (world: World, conversation: ConversationId, by: Who, index: number) => Promise<void>;
type Who = { readonly speaker: Tab; readonly hearer: Tab; readonly random: Random };

/** From the first packet of the handshake until `hello` has been answered. */
const COMING_MS = 140;
/** The first try comes within a second. A line that has just failed several times waits for longer. */
const LONGEST_BACKOFF_MS = 60_000;

/** Its line is cut, and something is said while the next one is on its way. */
const whileComingBack: Round = async (
  { clock, gateway },
  conversation,
  { speaker, hearer, random },
  index,
) => {
  const text = `round ${index} by ${speaker.name}`;
  let isSaid = false;
  gateway.asked = (line) => {
    if (line !== hearer.line) return;
    gateway.asked = () => {};
    clock.after(between(random, 0, COMING_MS), () => {
      isSaid = true;
      void say(speaker, conversation, text);
    });
  };
  gateway.cut(hearer.line);
  for (let waitedMs = 0; !isSaid && waitedMs < LONGEST_BACKOFF_MS; waitedMs += STEP_MS)
    await clock.run(STEP_MS);
};

const behindALostPush: Round = async ({ clock, gateway }, conversation, { speaker, hearer }, index) => {
  let left = 1;
  gateway.drops = (line, text) =>
    line === hearer.line && text.startsWith('{"type":"entries"') && (left -= 1) >= 0;
  void say(speaker, conversation, `round ${index} lost by ${speaker.name}`);
  await clock.run(150);
  void say(speaker, conversation, `round ${index} behind it by ${speaker.name}`);
};

const undisturbed: Round = async (_, conversation, { speaker }, index) => {
  void say(speaker, conversation, `round ${index} by ${speaker.name}`);
};

const ROUNDS: readonly (readonly [string, Round])[] = [
  ["while its line came back", whileComingBack],
  ["while its line came back", whileComingBack],
  ["behind a lost push", behindALostPush],
  ["while its line came back", whileComingBack],
  ["with nothing wrong", undisturbed],
];

export async function tryPromptness(world: World, cast: Cast, rounds: number, random: Random): Promise<void> {
  for (let index = 0; index < rounds; index += 1) {
    const tabs = world.tabs.filter(({ user }) => user !== cast.mallory);
    const speaker = oneOf(random, tabs);
    const hearer = oneOf(
      random,
      tabs.filter(({ browser, line }) => browser !== speaker.browser && world.gateway.open(line).length > 0),
    );
    const [when, round] = oneOf(random, ROUNDS);
    const before = world.log(cast.talk).at(-1)?.seq ?? 0;
    await round(world, cast.talk, { speaker, hearer, random }, index);
    await measure(world, cast.talk, tabs, when, before);
    world.gateway.drops = () => false;
    world.gateway.asked = () => {};
  }
}

async function measure(
  world: World,
  conversation: ConversationId,
  tabs: readonly Tab[],
  when: string,
  before: number,
): Promise<void> {
  const { clock, recorder } = world;
  const saidAt = clock.now();
  const liveAt = new Map<Tab, number>();
  const shownAt = new Map<Tab, number>();
  for (let passedMs = 0; passedMs < ROUND_MS; passedMs += STEP_MS) {
    await clock.run(STEP_MS);
    const tail = world.log(conversation).at(-1)?.seq ?? 0;
    for (const tab of tabs) {
      if (!tab.isUp) liveAt.delete(tab);
      else if (!liveAt.has(tab)) liveAt.set(tab, clock.now());
      const shows = tail > before && lastPlaced(tab.screen.entries(conversation)) === tail;
      if (!shows) shownAt.delete(tab);
      else if (!shownAt.has(tab)) shownAt.set(tab, clock.now());
    }
  }
  for (const tab of tabs) {
    const [shown, live] = [shownAt.get(tab), liveAt.get(tab)];
    const tookMs = shown === undefined ? undefined : Math.max(0, shown - Math.max(saidAt, live ?? shown));
    recorder.tell({ is: "prompt", tab: tab.name, ...(tookMs === undefined ? {} : { tookMs }), when });
  }
}

/** What waits, or has failed, stands behind it. */
function lastPlaced(view: readonly Shown[]): number | undefined {
  for (let index = view.length - 1; index >= 0; index -= 1) {
    const seq = view[index]?.seq;
    if (seq !== undefined) return seq;
  }
  return undefined;
}
