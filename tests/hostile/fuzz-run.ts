// A run: hostile sockets, two bystanders and the cloud's memory beside them, and what has come of it.

import { directName } from "./scene";
import { arrive, logOf, open, say, talk, type Person } from "./bystanders";
import { breakOne } from "./breakers";
import type { Measure } from "./cloud-process";
import { hostileFrame, randomOf, type Known } from "./hostile-frame";
import { Lane, type Problem } from "./lane";
import { shrink } from "./shrink";
import { startRemoteCloud, type RemoteCloud } from "./remote-cloud";

export type FuzzOptions = {
  readonly frames: number;
  readonly seed: number;
  /** How many people attack, each on a socket of their own. */
  readonly attackers: number;
  readonly inFlight: number;
  /** Only this frame, again: to see what becomes of it. */
  readonly only?: number;
  readonly say: (line: string) => void;
};

export type FuzzReport = {
  readonly frames: number;
  readonly breakers: number;
  readonly seconds: number;
  readonly answers: ReadonlyMap<string, number>;
  readonly kinds: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
  readonly memory: readonly (Measure & { readonly afterFrames: number })[];
  /** Before the first and after the last, without the functions' threads. */
  readonly atRest: { readonly before: Measure; readonly after: Measure };
  readonly bystanders: { readonly messages: number; readonly medianMs: number; readonly worstMs: number };
};

/** Of so many frames one is of the kind that a socket does not outlive; each costs a handshake. */
const BREAKER_EVERY = 200;
/** Memory is looked at so often. The first look comes after as many frames: by then everything is warm. */
const LOOKS = 10;
/** Worse than so many, a run says nothing new. */
const MOST_PROBLEMS = 50;

export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const problems: Problem[] = [];
  const found = (problem: Problem) => {
    problems.push(problem);
    options.say(`PROBLEM ${problem.what}`);
  };
  const names = Array.from({ length: options.attackers }, (_, number) => `attacker${number}`);
  const cloud = await startRemoteCloud(["ada", "grace", "peggy", "breaker", ...names], (line) =>
    found({ what: `the cloud: ${line}` }),
  );
  try {
    return await play(cloud, names, options, { problems, found });
  } finally {
    await cloud.stop();
  }
}

async function play(
  cloud: RemoteCloud,
  names: readonly string[],
  options: FuzzOptions,
  { problems, found }: { readonly problems: readonly Problem[]; readonly found: (problem: Problem) => void },
): Promise<FuzzReport> {
  const [ada, grace, peggy] = [
    await arrive(cloud, "ada"),
    await arrive(cloud, "grace"),
    await arrive(cloud, "peggy"),
  ];
  const conversation = await open(ada, grace);
  const answers = new Map<string, number>();
  const kinds = new Map<string, number>();
  const attacks = [];
  for (const name of names) attacks.push(await prepare(cloud, name, { ada, grace, peggy }));
  const before = await cloud.measure("rest");
  const bystanders = talk(ada, grace, conversation);
  const memory: (Measure & { afterFrames: number })[] = [];
  const startedAt = performance.now();
  let [next, sent, broken] = [options.only ?? 0, 0, 0];
  const end = options.only === undefined ? options.frames : options.only + 1;
  const count = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const lookEvery = Math.max(1, Math.floor(options.frames / LOOKS));
  let lookedAt = 0;

  const breaker = cloud.guest("breaker");
  const attack = async ({ name, known }: Attack) => {
    const lane = await Lane.open({
      ...{ url: cloud.socketUrl, token: cloud.guest(name).token, device: `device-of-${name}` },
      inFlight: options.inFlight,
      onAnswer: (answered) => count(answers, answered),
      onProblem: found,
    });
    while (next < end && problems.length < MOST_PROBLEMS) {
      const number = next++;
      if (number % BREAKER_EVERY === BREAKER_EVERY - 1) {
        const wrong = await breakOne(randomOf(options.seed, number), cloud.socketUrl, breaker.token);
        if (wrong !== undefined) found({ what: wrong, number });
        count(kinds, "no socket outlives it");
        broken += 1;
      } else {
        const frame = hostileFrame(options.seed, number, known);
        count(kinds, frame.about.replace(", in pieces", ""));
        await lane.send(frame);
      }
      sent += 1;
      if (sent - lookedAt < lookEvery) continue;
      lookedAt = sent;
      memory.push({ ...(await cloud.measure("measure")), afterFrames: sent });
      const rate = Math.round(sent / ((performance.now() - startedAt) / 1_000));
      const { heapBytes, residentBytes, connections } = memory.at(-1) ?? {
        heapBytes: 0,
        residentBytes: 0,
        connections: 0,
      };
      options.say(
        `${sent} frames, ${rate} a second, heap ${megabytes(heapBytes)}, resident ${megabytes(residentBytes)}, ${connections} sockets, ${problems.length} problems`,
      );
    }
    await lane.end();
  };
  await Promise.all(attacks.map(attack));
  const [culprit] = attacks;
  if (options.only !== undefined && problems.length > 0 && culprit)
    options.say(`as short as it can be: ${await shortest(cloud, culprit, options.seed, options.only)}`);
  const seconds = (performance.now() - startedAt) / 1_000;

  for (const what of await bystanders.finish()) found({ what });
  for (const { name, own } of attacks) (await holes(peggy, name, own)).forEach(found);
  const atRest = { before, after: await cloud.measure("rest") };
  const latencies = [...bystanders.latenciesMs].sort((one, other) => one - other);
  return {
    ...{ frames: sent, breakers: broken, seconds, answers, kinds, problems, memory, atRest },
    bystanders: {
      messages: latencies.length,
      medianMs: latencies[Math.floor(latencies.length / 2)] ?? 0,
      worstMs: latencies.at(-1) ?? 0,
    },
  };
}

async function shortest(cloud: RemoteCloud, { name, known }: Attack, seed: number, number: number) {
  const { about, parts } = hostileFrame(seed, number, known);
  const goesWrong = async (text: string) => {
    let isWrong = false;
    const lane = await Lane.open({
      ...{ url: cloud.socketUrl, token: cloud.guest(name).token, device: `device-of-${name}`, inFlight: 1 },
      onAnswer: () => {},
      onProblem: () => (isWrong = true),
    });
    await lane.send({ number, about, parts: [Buffer.from(text)] });
    await lane.end();
    return isWrong;
  };
  return JSON.stringify(await shrink(Buffer.concat(parts).toString(), goesWrong));
}

export const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;

type Attack = { readonly name: string; readonly known: Known; readonly own: string };

/** Peggy talks with everyone; Ada and Grace have blocked everyone but each other, before the first word. */
async function prepare(
  cloud: RemoteCloud,
  name: string,
  { ada, grace, peggy }: Readonly<Record<"ada" | "grace" | "peggy", Person>>,
): Promise<Attack> {
  const attacker = await arrive(cloud, name);
  const own = await open(attacker, peggy);
  for (const [place, text] of ["hello", "are you there?"].entries())
    await say(attacker, own, place, { kind: "message", id: `own-entry-${place}`, body: { text } });
  await say(peggy, own, 2, { kind: "message", id: "peggys-entry", body: { text: "yes" } });
  for (const bystander of [ada, grace]) {
    const closed = await open(bystander, attacker);
    await say(bystander, closed, 0, { kind: "closed", id: `closed-to-${name}` });
  }
  attacker.socket.close();
  const theirs = directName(ada.user, grace.user);
  const known: Known = {
    conversation: [
      own,
      theirs,
      directName(attacker.user, ada.user),
      `${own}.`,
      directName(attacker.user, attacker.user),
    ],
    entry: ["own-entry-0", "bystander-1", "peggys-entry", "short", "x".repeat(40), "x".repeat(41)],
    device: [attacker.device, ada.device, peggy.device],
    handle: [`${name}-canary`, ada.handle, peggy.handle, "nobody-has-this", "@ADA"],
    cursor: [
      "",
      "e30",
      Buffer.from(JSON.stringify([1, theirs])).toString("base64url"),
      Buffer.from(JSON.stringify([1, own])).toString("base64url"),
    ],
  };
  return { name, known, own };
}

async function holes(peggy: Person, name: string, own: string): Promise<readonly Problem[]> {
  const log = await logOf(peggy, own);
  const members = new Set(own.split(".").slice(1));
  return log.flatMap(({ seq, from }, place) => {
    if (seq !== place + 1) return [{ what: `the log of ${name} with Peggy has a hole before ${seq}` }];
    return members.has(from) ? [] : [{ what: `the log of ${name} with Peggy has an entry of ${from}` }];
  });
}
