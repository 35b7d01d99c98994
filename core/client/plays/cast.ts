import type { ConversationId } from "../../domain/ids";
import type { Answer } from "../chat-client.types";
import { Player } from "./player";
import { Profile, type StoreOfTab } from "./profile";
import { Stage } from "./stage";

export type Cast = {
  readonly stage: Stage;
  readonly ada: Player;
  readonly grace: Player;
  readonly talk: ConversationId;
};

/** Ada and Grace, both live, in a conversation that both know. */
export async function twoPeople(seed?: number): Promise<Cast> {
  const stage = new Stage(seed);
  const ada = new Player(stage, (await stage.person("ada")).user);
  const grace = new Player(stage, (await stage.person("grace")).user);
  await ada.start();
  await grace.start();
  const talk = await opened(ada, "grace");
  await opened(grace, "ada");
  return { stage, ada, grace, talk };
}

/** Ada in a browser that may have more tabs than this one, and Grace. */
export async function browserAndPhone(seed: number, storeOfTabs?: (stage: Stage) => StoreOfTab) {
  const stage = new Stage(seed);
  const grace = new Player(stage, (await stage.person("grace")).user);
  await grace.start();
  const profile = new Profile(stage, (await stage.person("ada")).user, storeOfTabs?.(stage));
  const first = await profile.open();
  const talk = await opened(first, "grace");
  await opened(grace, "ada");
  return { stage, grace, profile, first, talk };
}

export async function opened(player: Player, handle: string): Promise<ConversationId> {
  const answer = await answered(player, player.client.open(handle));
  if (answer.is !== "ok") throw new Error(`unable to open ${handle}; ${answer.is}`);
  return answer.value;
}

export async function answered<T>(player: Player, question: Promise<Answer<T>>): Promise<Answer<T>> {
  await player.stage.clock.run(100);
  return question;
}

/** One after the other, and a second for what follows from it. */
export async function say(player: Player, talk: ConversationId, ...texts: string[]): Promise<void> {
  for (const text of texts) void player.client.send(talk, text);
  await player.stage.clock.run(1_000);
}

export const numbered = (text: string, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `${text} ${first + index}`);
