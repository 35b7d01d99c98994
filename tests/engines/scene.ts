// The people and profiles that a story uses. Ada and Grace stay at their conversation from story to story, because their
// sign-in takes longer than most stories. A failed story closes their profiles, and the next story gets two new people.

import type { Driver, Profile, ProfileOptions } from "./driver.types";
import { arrive, together, type Person } from "./people";

export type Pair = { ada: Person; grace: Person };

export type Scene = {
  readonly driver: Driver;
  /** Signs a new person up and in, for this story only. */
  readonly arrive: (name: string, options?: ProfileOptions) => Promise<Person>;
  /** A browser profile for this story only. */
  readonly profile: (options?: ProfileOptions) => Promise<Profile>;
  readonly pair: () => Promise<Pair>;
  /** Closes the profiles of the pair; the next story gets a new pair. */
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
