// Hostile frames against the running system:
//
//   npx tsx tests/hostile/fuzz.ts --frames 1000000 --seed 1
//   npx tsx tests/hostile/fuzz.ts --seed 1 --only 4711        one frame of a run by itself

import { parseArgs } from "node:util";
import { fuzz, megabytes, type FuzzReport } from "./fuzz-run";
import { hostileFrame } from "./hostile-frame";

const { values } = parseArgs({
  options: {
    frames: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    attackers: { type: "string", default: "6" },
    inFlight: { type: "string", default: "3" },
    only: { type: "string" },
  },
});

const print = (line: string) => void process.stdout.write(`${line}\n`);
const seed = Number(values.seed);
const report = await fuzz({
  ...{ frames: Number(values.frames), seed, attackers: Number(values.attackers) },
  inFlight: Number(values.inFlight),
  ...(values.only === undefined ? {} : { only: Number(values.only) }),
  say: print,
});
tell(report);
process.exitCode = report.problems.length === 0 ? 0 : 1;

function tell({
  frames,
  breakers,
  seconds,
  answers,
  kinds,
  memory,
  atRest,
  bystanders,
  problems,
}: FuzzReport): void {
  const table = (title: string, counts: ReadonlyMap<string, number>) => {
    print(`\n| ${title} | Frames |\n| --- | ---: |`);
    for (const [what, count] of [...counts].sort(([, one], [, other]) => other - one))
      print(`| ${what} | ${count} |`);
  };
  table("Sent", kinds);
  table("Answered", answers);
  print("\n| After frames | Heap | Resident | Sockets |\n| ---: | ---: | ---: | ---: |");
  for (const { afterFrames, heapBytes, residentBytes, connections } of memory)
    print(`| ${afterFrames} | ${megabytes(heapBytes)} | ${megabytes(residentBytes)} | ${connections} |`);
  const { before, after } = atRest;
  print(
    `\nwithout the functions' threads: heap ${megabytes(before.heapBytes)} before and ${megabytes(after.heapBytes)} after, resident ${megabytes(before.residentBytes)} and ${megabytes(after.residentBytes)}`,
  );
  const { messages, medianMs, worstMs } = bystanders;
  print(
    `\nbystanders: ${messages} messages, ${medianMs.toFixed(0)} ms in the median, ${worstMs.toFixed(0)} ms at worst`,
  );
  print(
    `${frames} frames, ${breakers} of them the end of a socket, in ${seconds.toFixed(0)} s: ${Math.round(frames / seconds)} a second`,
  );
  for (const { what, number } of problems.slice(0, 20)) {
    print(`\nPROBLEM ${what}`);
    if (number !== undefined)
      print(`again: npx tsx tests/hostile/fuzz.ts --seed ${seed} --only ${number}\n  ${shown(number)}`);
  }
  print(`${problems.length} problems`);
}

/** Its names stand for those of a run. */
function shown(number: number): string {
  const nobody = {
    conversation: ["<conversation>"],
    entry: ["<entry>"],
    device: ["<device>"],
    handle: ["<handle>"],
    cursor: ["<cursor>"],
  };
  return JSON.stringify(hostileFrame(seed, number, nobody).parts.map(String)).slice(0, 2_000);
}
