// How long a message takes from one person's `send` until the other has it, against the cloud that
// amplify_outputs.json names (or PARLEY_OUTPUTS_FILE): one message in flight, then eight in one frame.
// Prints a table and writes .local/bench/send-to-receive.json.
//
// The rate limit stays on, so the messages are spread over conversations: ten people make 45.

import { mkdirSync, writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { arrive, message, openConversation, send, type Peer } from "../tests/wire/people";

const PEOPLE = 10;
/** Below RATE_MESSAGES of core/domain/limits.ts, and whole frames of eight. */
const MESSAGES_A_CONVERSATION = 48;

type Pair = { readonly from: Peer; readonly to: Peer; readonly conversation: string };
type Figures = {
  readonly inFlight: number;
  readonly messages: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

const arrivals = new Map<string, (at: number) => void>();
const people: Peer[] = [];
for (let n = 0; n < PEOPLE; n++) people.push(await meet(`Bench ${n}`));
const pairs = await everyPair();

await measure(pairs.splice(0, 5), 1);
const half = pairs.splice(0, pairs.length / 2);
const table = [await measure(half, 1), await measure(pairs, 8)];
print(table);
mkdirSync(".local/bench", { recursive: true });
writeFileSync(".local/bench/send-to-receive.json", `${JSON.stringify(table, undefined, 2)}\n`);
for (const peer of people) peer.socket.close();

async function meet(name: string): Promise<Peer> {
  const peer = await arrive(name);
  peer.socket.socket.on("message", (text: Buffer) => {
    const frame = JSON.parse(text.toString()) as { readonly entry?: { readonly id: string } };
    if (frame.entry) arrivals.get(frame.entry.id)?.(performance.now());
  });
  return peer;
}

async function everyPair(): Promise<Pair[]> {
  const made: Pair[] = [];
  for (const [index, from] of people.entries())
    for (const to of people.slice(index + 1))
      made.push({ from, to, conversation: await openConversation(from, to) });
  return made;
}

/** A device has one unanswered `send` a conversation, so eight in flight are eight messages in one frame. */
async function measure(over: readonly Pair[], inFlight: number): Promise<Figures> {
  const delaysMs: number[] = [];
  const startedAt = performance.now();
  for (const pair of over)
    for (let tail = 0; tail < MESSAGES_A_CONVERSATION; tail += inFlight)
      delaysMs.push(...(await exchange(pair, tail, inFlight)));
  const seconds = (performance.now() - startedAt) / 1000;
  delaysMs.sort((one, other) => one - other);
  const at = (part: number) =>
    delaysMs[Math.min(delaysMs.length - 1, Math.floor(delaysMs.length * part))] ?? 0;
  const messages = delaysMs.length;
  return { inFlight, messages, perSecond: messages / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function exchange(pair: Pair, tail: number, inFlight: number): Promise<readonly number[]> {
  const entries = Array.from({ length: inFlight }, (_, index) => message(`message ${index}`));
  const received = entries.map(
    (entry) => new Promise<number>((resolve) => arrivals.set(String(entry["id"]), resolve)),
  );
  const sentAt = performance.now();
  const answer = await send(pair.from, pair.conversation, tail, ...entries);
  if (answer["type"] !== "ok") throw new Error(`unable to measure; ${JSON.stringify(answer)}`);
  return (await Promise.all(received)).map((at) => at - sentAt);
}

function print(rows: readonly Figures[]) {
  const line = (cells: readonly string[]) =>
    process.stdout.write(`${cells.map((cell) => cell.padStart(12)).join("")}\n`);
  line(["in flight", "messages", "a second", "p50 ms", "p99 ms"]);
  for (const row of rows)
    line([
      String(row.inFlight),
      String(row.messages),
      row.perSecond.toFixed(0),
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
    ]);
}
