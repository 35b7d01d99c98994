import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LONG_STEPS } from "./long";
import { SHORT_STEPS } from "./short";
import type { Step } from "./steps";

const commandsOf = (steps: readonly Step[]) => steps.map(({ command }) => command.join(" "));
const filesIn = (folder: string, name: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));

describe("the short run and the long run", () => {
  it("have a step for each suite below tests/", () => {
    const configs = filesIn("tests", /(vitest|playwright)\.config\.ts$/);
    const commands = commandsOf([...SHORT_STEPS, ...LONG_STEPS]);

    expect(configs.length).toBeGreaterThan(10);
    expect(configs.filter((config) => !commands.some((command) => command.includes(config)))).toEqual([]);
  });

  it("divide each suite with long files or long stories between them, and leave none out", () => {
    const of = (suite: string, run: readonly Step[]) =>
      commandsOf(run).filter((command) => command.includes(suite));

    for (const suite of [
      "--project=contract",
      ...["chaos", "hostile"].map((name) => `tests/${name}/vitest.config.ts`),
    ]) {
      expect(of(suite, SHORT_STEPS)).toEqual([expect.stringContaining("--exclude **/*.long.test.ts")]);
      expect(of(suite, LONG_STEPS)).toEqual([expect.stringMatching(/ \.long\.test\.ts /)]);
    }
    expect(of("playwright test", SHORT_STEPS)).toEqual([expect.stringMatching(/--grep-invert @long$/)]);
    expect(of("playwright test", LONG_STEPS)).toContainEqual(expect.stringMatching(/--grep @long$/));
  });

  it("find each long file: it belongs to one of those suites", () => {
    const long = ["amplify", "app", "bench", "components", "core", "local", "tests"].flatMap((folder) =>
      filesIn(folder, /\.long\.test\.tsx?$/),
    );

    expect(long.length).toBeGreaterThan(3);
    expect(
      long.filter(
        (file) => !/^(tests\/chaos\/(planted|simulation)|tests\/hostile|local\/doctor)\//.test(file),
      ),
    ).toEqual([]);
  });
});
