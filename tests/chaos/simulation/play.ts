// One run from its first frame to its verdict. The same seed, the same run.

import { CONNECTION_MS } from "../../../core/domain/limits";
import type { FaultKind, History } from "../history/event";
import { perform } from "./acting";
import { assemble, type Cast } from "./cast";
import { chancesOf } from "./chances";
import type { CrashPoints, Killer } from "./crash-points";
import { heal, unhealed } from "./healing";
import { PRODUCT, type Pieces } from "./pieces";
import type { Act } from "./plan";
import { tryPromptness } from "./promptness";
import { say, turn } from "./speaking";
import { World } from "./world";

export type Run = {
  readonly seed: number;
  readonly acts: readonly Act[];
  readonly kinds: ReadonlySet<FaultKind>;
  /** How bad the weather is at first; nothing comes by itself where it is 0. */
  readonly strength?: number;
  /** Of fine weather at the end. */
  readonly rounds?: number;
  /** Where functions die; absent: here and there, by the weather. */
  readonly kills?: Killer;
  readonly planted?: { readonly name: string; readonly pieces: () => Pieces };
};

export type Played = {
  readonly history: History;
  readonly points: CrashPoints;
  readonly healedMs: number | undefined;
  readonly unhealed: string | undefined;
};

/** More than the promise allows, to see by how much it was missed. */
const PATIENCE_MS = 90_000;
/** By then a socket that is dead on one side has been found out, and replaced. */
const HEARTBEAT_MS = 75_000;
const ROUNDS = 8;
/** A store that was full is asked again after eight minutes at the latest. */
const STORES_MS = 10 * 60_000;

export async function play({
  seed,
  acts,
  kinds,
  strength,
  rounds = ROUNDS,
  kills,
  planted,
}: Run): Promise<Played> {
  const world = new World(seed, kinds, planted?.pieces() ?? PRODUCT);
  const { recorder, weather, points, clock } = world;
  recorder.tell({
    is: "begin",
    layer: "simulation",
    subject: "parley",
    seed,
    ...(planted && { planted: planted.name }),
  });
  const cast = await assemble(world);
  if (kills) points.kills = kills;
  await greet(world, cast);
  weather.rise(strength);
  points.kills = kills ?? ((point) => weather.strikes("N6", 0.0015, `killed ${point}`));
  for (const act of acts) await perform(world, cast, act);
  weather.settle();
  points.kills = () => false;
  calm(world, cast);

  const calmAt = clock.now();
  const healedMs = await heal(world, PATIENCE_MS, false);
  const why = await unhealed(world, false);
  tellRest(world, false, healedMs);
  await clock.run(Math.max(0, calmAt + HEARTBEAT_MS - clock.now()));
  await tryPromptness(world, cast, rounds, chancesOf(seed, "rounds"));
  if (world.tabs.some(({ client }) => client.storage.getSnapshot().is === "memory"))
    await clock.run(STORES_MS);
  for (const { line } of world.tabs) world.gateway.cut(line);
  await clock.run(50);
  const wholeMs = await heal(world, PATIENCE_MS, true);
  tellRest(world, true, wholeMs);
  await close(world, cast);
  return { history: recorder.events, points, healedMs, unhealed: why ?? (await unhealed(world, true)) };
}

/** A conversation in which nobody has said anything does not exist for the other. */
async function greet(world: World, cast: Cast): Promise<void> {
  for (const conversation of [cast.talk, cast.other]) {
    const tab = world.tabs.find(({ user }) => user === cast.ada);
    if (tab) void say(tab, conversation, `hello to ${conversation}`);
    await world.clock.run(1_000);
  }
}

/** From here on nothing is disturbed; what was, is left as it is, to be found out. */
function calm(world: World, { ada, grace, mallory, raw }: Cast): void {
  raw.leave();
  world.gateway.loosen();
  for (const tab of world.tabs) {
    tab.line.alive = true;
    tab.thaw();
    tab.browser.store.fill(false);
    tab.surroundings({ awake: true, online: true, visible: true });
    tab.look(tab.looking ?? world.conversationsOf(tab.user)[0]);
  }
  world.recorder.tell({ is: "calm" });
  for (const user of [ada, grace, mallory]) {
    const tab = world.tabs.find((one) => one.user === user);
    for (const conversation of world.conversationsOf(user)) if (tab) void turn(tab, conversation, "unblock");
  }
}

function tellRest(world: World, whole: boolean, healedMs: number | undefined): void {
  const looked = world.tabs.flatMap(({ name, looking }) => (looking ? [[name, looking] as const] : []));
  const tails = world.conversations.map((one) => [one, world.log(one).at(-1)?.seq ?? 0] as const);
  world.recorder.tell({
    is: "rest",
    whole,
    ...(healedMs !== undefined && { healedMs }),
    looked: Object.fromEntries(looked),
    tails: Object.fromEntries(tails),
  });
}

/** What is on disks and in tables in the end; then everybody leaves, and rows get time to be forgotten. */
async function close(world: World, { ada, grace, mallory }: Cast): Promise<void> {
  const { recorder, backend, clock } = world;
  for (const browser of new Set(world.tabs.map((tab) => tab.browser))) {
    const items = await browser.store.outbox();
    recorder.tell({
      is: "outbox",
      profile: browser.profile,
      items: items.map(({ id, conversation, kind, state }) => ({ id, conversation, kind, state: state.is })),
    });
  }
  for (const user of [ada, grace, mallory])
    for (const conversation of world.conversationsOf(user)) {
      const row = backend.inbox.peek(user, conversation);
      if (row) recorder.tell({ is: "inbox", user, conversation, delivered: row.delivered, read: row.read });
    }
  world.gateway.isSilent = true;
  for (const tab of world.tabs) tab.close();
  await clock.run(CONNECTION_MS + 60_000);
  const { connections } = world.pieces.ports(backend.ports, backend.ports);
  for (const user of [ada, grace, mallory]) {
    const left = await connections.readyOf(user, clock.now());
    recorder.tell({ is: "ghosts", user, sockets: left.map(({ connection }) => connection) });
  }
  for (const conversation of world.conversations)
    recorder.tell({ is: "log", conversation, entries: world.log(conversation) });
  const { deadLetters, poisoned } = backend.stream;
  recorder.tell({ is: "dead-letters", found: deadLetters, planted: poisoned });
  recorder.tell({ is: "cost", ...backend.cost });
}
