// What a story has at hand. Ada and Grace stay at their conversation from story to story, because coming in takes longer
// than most stories; a story that fails gets rid of them, so that the next begins with two new people.

import type { Driver, Profile, ProfileOptions } from "./driver.types";
import { arrive, together, type Person } from "./people";

export type Pair = { ada: Person; grace: Person };

export type Scene = {
  readonly driver: Driver;
  /** Somebody for this story only. */
  readonly arrive: (name: string, options?: ProfileOptions) => Promise<Person>;
  /** A browser profile for this story only. */
  readonly profile: (options?: ProfileOptions) => Promise<Profile>;
  readonly pair: () => Promise<Pair>;
  /** They are not to be met again. */
  readonly endPair: () => Promise<void>;
};

export type Story = { readonly title: string; readonly play: (scene: Scene) => Promise<void> };

export function createScenes(driver: Driver) {
  const own: Profile[] = [];
  let pair: Pair | undefined;

  const profile = async (options?: ProfileOptions) => {
    const made = await driver.profile(options);
    own.push(made);
    return made;
  };
  const endPair = async () => {
    const people = pair ? [pair.ada, pair.grace] : [];
    pair = undefined;
    for (const person of people) await person.profile.close();
  };
  const scene: Scene = {
    driver,
    profile,
    arrive: (name, options) => arrive({ ...driver, profile }, name, options),
    pair: async () => (pair ??= await together(driver, "hello")),
    endPair,
  };

  return {
    /** Rejects with the reason why the story failed. */
    play: async (story: Story) => {
      try {
        await story.play(scene);
      } catch (reason) {
        await endPair();
        throw reason;
      } finally {
        for (const each of own.splice(0)) await each.close();
      }
    },
    end: endPair,
  };
}
