// The streams in a process of their own, killed -9 in the middle of their work.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { missing, startEngine } from "../../tests/fixtures/engine";
import { item, type Stand, stand } from "./stream-fixture";

const CHANGES = 120;

describe("streams that are killed -9", () => {
  it.skipIf(missing("dynoxide"))("go on where they were, and lose nothing", async () => {
    const engine = await startEngine("dynoxide");
    const here = await stand({ endpoint: engine.endpoint, table: "log-killed", mapping: { BatchSize: 5 } });
    for (let seq = 1; seq <= CHANGES; seq++) await here.put(item("a", seq));

    const first = await readUntil(engine.endpoint, here, (seq) => seq >= CHANGES / 2);
    const second = await readUntil(engine.endpoint, here, (seq) => seq >= CHANGES);
    await engine.stop();

    expect(first).toEqual(range(1, first.length));
    const [again = 0] = second;
    expect(again).toBeGreaterThan(1);
    expect(again).toBeLessThanOrEqual(first.length + 1);
    expect(second).toEqual(range(again, CHANGES));
  });
});

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** What a process says that it got, until it is killed. */
async function readUntil(
  endpoint: string,
  here: Stand,
  isEnough: (seq: number) => boolean,
): Promise<number[]> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "-e", reader(endpoint, here)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let said = "";
  await new Promise<void>((ended) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (isEnough(Number(said.trim().split("\n").at(-1)))) child.kill("SIGKILL");
    });
    child.on("close", () => ended());
  });
  // The last line may be torn.
  return said.slice(0, said.lastIndexOf("\n")).split("\n").map(Number);
}

/** 40 ms a batch, so that positions are written on the way. */
const reader = (endpoint: string, { resources, dataDir }: Stand) => `
  import { createStreams } from ${JSON.stringify(join(import.meta.dirname, "create-streams.ts"))};
  import { wallClock } from ${JSON.stringify(join(import.meta.dirname, "..", "wall-clock.ts"))};
  createStreams({
    resources: ${JSON.stringify(resources)},
    nameOf: ({ id }) => id,
    engineEndpoint: () => ${JSON.stringify(endpoint)},
    queues: { arns: [], send: async () => undefined },
    clock: wallClock,
    dataDir: ${JSON.stringify(dataDir)},
    tell: () => undefined,
    functions: {
      invoke: async (_arn, { Records }) => {
        for (const { dynamodb } of Records) console.log(dynamodb.Keys.seq.N);
        await new Promise((resolve) => setTimeout(resolve, 40));
        return { is: "returned", payload: null };
      },
    },
  });
  setInterval(() => undefined, 1_000);
`;
