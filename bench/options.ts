export const SYSTEMS = ["ours", "relay", "socket-io", "serverless-offline"] as const;
export type SystemName = (typeof SYSTEMS)[number];

export type BenchOptions = {
  readonly only: readonly SystemName[];
  /** For tuning: one short round, a warm start, nothing but messages. */
  readonly isQuick: boolean;
};

const USAGE = `npm run bench -- [--quick] [--only ${SYSTEMS.join(",")}]`;

export function readBenchOptions(words: readonly string[]): BenchOptions {
  let only: readonly SystemName[] = SYSTEMS;
  let isQuick = false;
  for (const [index, word] of words.entries()) {
    if (words[index - 1] === "--only") continue;
    if (word === "--quick") isQuick = true;
    else if (word === "--only") only = systemsIn(words[index + 1] ?? "");
    else throw new Error(`unable to understand "${word}"; say ${USAGE}`);
  }
  return { only, isQuick };
}

function systemsIn(text: string): readonly SystemName[] {
  const named = text.split(",");
  const unknown = named.find((name) => !isSystem(name));
  if (unknown !== undefined) throw new Error(`unable to measure "${unknown}"; say ${USAGE}`);
  return SYSTEMS.filter((name) => named.includes(name));
}

const isSystem = (name: string): name is SystemName => (SYSTEMS as readonly string[]).includes(name);
