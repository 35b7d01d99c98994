// `npm run test:engines`: the main stories in every browser engine of this machine, on a system of their own.
//
//   --engines chromium,firefox,webkit   only these
//   --stories "two tabs"                only those whose title contains this
//   --running                           on the system that the environment names, which is up already

import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { startSystem, TEST_SYSTEM } from "../fixtures/system";
import { ENGINES, startEngine, type EngineName } from "./engines";
import { createScenes } from "./scene";
import { STORIES } from "./stories";

type Cell = { readonly engine: string; readonly story: string; readonly ok: boolean };

const { values } = parseArgs({
  options: {
    engines: { type: "string", default: ENGINES.join(",") },
    stories: { type: "string", default: "" },
    running: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const wanted = ENGINES.filter((name) => values.engines.split(",").includes(name));
const stories = STORIES.filter(({ title }) => title.includes(values.stories));

function usage(): string {
  return `npm run test:engines -- [--engines ${ENGINES.join(",")}] [--stories text] [--running]`;
}

async function run(): Promise<number> {
  if (wanted.length === 0 || stories.length === 0) {
    say(`nothing to play; ${usage()}`);
    return 1;
  }
  const system = values.running ? undefined : await ownSystem();
  const cells: Cell[] = [];
  try {
    for (const name of wanted) cells.push(...(await playIn(name)));
  } finally {
    await system?.stop();
  }
  for (const line of table(cells)) say(line);
  const passed = cells.filter(({ ok }) => ok).length;
  say(`${passed} passed, ${cells.length - passed} failed`);
  return passed === cells.length ? 0 : 1;
}

/** People write at most sixty messages in ten seconds; a device that writes hundreds needs a higher limit. */
function ownSystem() {
  // tests/fixtures/place.ts reads these variables.
  Object.assign(process.env, TEST_SYSTEM.env);
  rmSync(TEST_SYSTEM.dataDir, { recursive: true, force: true });
  return startSystem(say, { ...TEST_SYSTEM.env, PARLEY_RATE_MESSAGES: "2000" });
}

async function playIn(name: EngineName): Promise<readonly Cell[]> {
  const driver = await startEngine(name, say).catch((reason: unknown) => {
    say(`FAIL  ${name}: ${reasonOf(reason)}`);
    return undefined;
  });
  if (!driver) return stories.map(({ title }) => ({ engine: name, story: title, ok: false }));
  const cells: Cell[] = [];
  const scenes = createScenes(driver);
  try {
    say(`${driver.name} ${await driver.version()}`);
    for (const story of stories) {
      const startedAt = Date.now();
      const failure = await scenes.play(story).then(
        () => undefined,
        (reason: unknown) => ({ reason }),
      );
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      say(`${failure ? "FAIL" : "ok  "}  ${driver.name}: ${story.title}  ${seconds} s`);
      if (failure) say(`      ${reasonOf(failure.reason)}`);
      cells.push({ engine: driver.name, story: story.title, ok: !failure });
    }
    await scenes.end();
  } finally {
    await driver.close();
  }
  return cells;
}

function table(cells: readonly Cell[]): readonly string[] {
  const engines = [...new Set(cells.map(({ engine }) => engine))];
  const width = Math.max(...stories.map(({ title }) => title.length));
  const row = (first: string, rest: readonly string[]) =>
    `| ${first.padEnd(width)} | ${rest.map((text, at) => text.padEnd(engines[at]?.length ?? 0)).join(" | ")} |`;
  const resultOf = (story: string) => (engine: string) => {
    const cell = cells.find((one) => one.engine === engine && one.story === story);
    return cell?.ok ? "pass" : "FAIL";
  };
  return [
    "",
    row("story", engines),
    row(
      "-".repeat(width),
      engines.map((name) => "-".repeat(name.length)),
    ),
    ...stories.map(({ title }) => row(title, engines.map(resultOf(title)))),
    "",
  ];
}

function reasonOf(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  return reason.cause instanceof Error ? `${reason.message} (${reason.cause.message})` : reason.message;
}

if (values.help) say(usage());
else process.exitCode = await run();
