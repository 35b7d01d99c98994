// The actions and expectations of a person in one tab. Each waits until it holds; none sleeps for a fixed time.

import * as v from "valibot";
import type { Key, Tab } from "./driver.types";
import { findInPage, type Found, type Role, type Search } from "./find-in-page";

/** Long, because other tests may run on the machine at the same time. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 100;

const founds = v.array(
  v.object({
    text: v.string(),
    value: v.string(),
    hasFocus: v.boolean(),
    x: v.number(),
    y: v.number(),
    width: v.number(),
    height: v.number(),
  }),
);

type Narrowing = { readonly text?: string; readonly within?: Search };

/** A string is the whole name, a regular expression fits a part of it. */
export function by(role: Role, name?: string | RegExp, narrowing: Narrowing = {}): Search {
  if (name === undefined) return { role, ...narrowing };
  return typeof name === "string"
    ? { role, name, ...narrowing }
    : { role, namePattern: name.source, ...narrowing };
}

export class Screen {
  constructor(readonly tab: Tab) {}

  async goto(address: string): Promise<void> {
    await this.tab.goto(address);
  }

  async all(search: Search, { scrolls = false } = {}): Promise<readonly Found[]> {
    // The compiler that runs these files wraps every function's name in a call of __name.
    const source = `(() => {
      const __name = (made) => made;
      return (${findInPage.toString()})(${JSON.stringify(search)}, ${String(scrolls)});
    })()`;
    return v.parse(founds, await this.tab.evaluate(source));
  }

  /** Looks again until something is found, and answers with it. */
  async until<T>(what: string, look: () => Promise<T | undefined>, patienceMs = PATIENCE_MS): Promise<T> {
    const end = Date.now() + patienceMs;
    let last: unknown;
    for (;;) {
      try {
        const found = await look();
        if (found !== undefined) return found;
        last = undefined;
      } catch (error) {
        // While a page is being replaced it cannot be asked.
        last = error;
      }
      if (Date.now() > end) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    throw new Error(`unable to find ${what} within ${patienceMs / 1000} s; ${await this.described()}`, {
      cause: last,
    });
  }

  sees(search: Search, patienceMs?: number): Promise<Found> {
    return this.until(wordsFor(search), async () => (await this.all(search))[0], patienceMs);
  }

  async seesText(text: string, patienceMs?: number): Promise<void> {
    await this.until(
      `the text "${text}"`,
      async () => ((await this.text()).includes(text) ? true : undefined),
      patienceMs,
    );
  }

  async doesNotSee(search: Search, patienceMs?: number): Promise<void> {
    const isGone = async () => ((await this.all(search)).length === 0 ? true : undefined);
    await this.until(`the end of ${wordsFor(search)}`, isGone, patienceMs);
  }

  /** The visible text of the page. */
  async text(): Promise<string> {
    return String(await this.tab.evaluate(`document.body.innerText.replace(/\\s+/g, " ")`));
  }

  async address(): Promise<string> {
    return String(await this.tab.evaluate("location.href"));
  }

  async comesTo(path: RegExp): Promise<void> {
    await this.until(`an address like ${path.source}`, async () =>
      path.test(await this.address()) ? true : undefined,
    );
  }

  async hovers(search: Search): Promise<void> {
    await this.tab.moveTo(await this.steady(search));
  }

  async clicks(search: Search): Promise<void> {
    await this.tab.click(await this.steady(search));
  }

  async fills(search: Search, text: string): Promise<void> {
    // Clicks again if the first click missed an element that was still moving.
    await this.until(`the focus in ${wordsFor(search)}`, async () => {
      await this.clicks(search);
      return (await this.all(search)).some(({ hasFocus }) => hasFocus) ? true : undefined;
    });
    await this.tab.press("SelectAll");
    await this.tab.press("Backspace");
    await this.tab.type(text);
    await this.until(`"${text}" in ${wordsFor(search)}`, async () =>
      (await this.all(search))[0]?.value === text ? true : undefined,
    );
  }

  async presses(key: Key): Promise<void> {
    await this.tab.press(key);
  }

  /** Finds an element once it has stopped moving: a click would miss a moving element. */
  private async steady(search: Search): Promise<Found> {
    let before: Found | undefined;
    return this.until(`${wordsFor(search)} at rest`, async () => {
      const [now] = await this.all(search, { scrolls: true });
      const isSame = now && before && now.x === before.x && now.y === before.y && now.width > 0;
      before = now;
      return isSame ? now : undefined;
    });
  }

  private async described(): Promise<string> {
    try {
      return `at ${await this.address()} the page says: ${(await this.text()).slice(0, 600)}`;
    } catch (error) {
      return `the page cannot be asked: ${String(error)}`;
    }
  }
}

const wordsFor = ({ role, name, namePattern, text }: Search): string =>
  [role, name && `"${name}"`, namePattern && `/${namePattern}/`, text && `with "${text}"`]
    .filter(Boolean)
    .join(" ");
