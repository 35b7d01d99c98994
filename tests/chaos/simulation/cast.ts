import type { ConversationId, UserId } from "../../../core/domain/ids";
import { RawSocket } from "./raw-socket";
import type { Tab } from "./tab";
import type { World } from "./world";

export type Cast = {
  readonly ada: UserId;
  readonly grace: UserId;
  readonly mallory: UserId;
  /** Ada and Grace. */
  readonly talk: ConversationId;
  /** Ada and Mallory. */
  readonly other: ConversationId;
  /** Mallory's, without a client. */
  readonly raw: RawSocket;
};

const FAR_MS = 3_000;

/** All are there, and have said hello to one another. */
export async function assemble(world: World): Promise<Cast> {
  const ada = await world.person("ada");
  const grace = await world.person("grace");
  const mallory = await world.person("mallory");
  const talk = world.acquaint(ada, grace);
  const other = world.acquaint(ada, mallory);
  const laptop = world.browser("ada-laptop");
  const looks: readonly (readonly [Tab, ConversationId])[] = [
    [world.open(laptop, "ada-laptop-1", ada), talk],
    [world.open(laptop, "ada-laptop-2", ada), other],
    [world.open(world.browser("ada-phone"), "ada-phone", ada), talk],
    [world.open(world.browser("grace-laptop"), "grace-laptop", grace), talk],
    [world.open(world.browser("grace-phone"), "grace-phone", grace), talk],
    [world.open(world.browser("mallory-phone"), "mallory-phone", mallory), other],
  ];
  for (const [tab, conversation] of looks) {
    tab.looking = conversation;
    tab.start();
  }
  await world.clock.run(FAR_MS);
  const [first] = looks[0] ?? [];
  if (!first) throw new Error("unable to assemble; nobody is there");
  for (const handle of ["grace", "mallory"]) await settled(world, first.client.open(handle));
  const raw = new RawSocket(world, "mallory-raw", mallory);
  await world.clock.run(FAR_MS);
  return { ada, grace, mallory, talk, other, raw };
}

async function settled<T>(world: World, answer: Promise<T>): Promise<T> {
  await world.clock.run(FAR_MS);
  return answer;
}
