// Puts load on a system and takes the time of every message, from the call that sends it until its frame is at the
// other client.
//
//   in flight   each pair has so many messages on their way; one that has arrived, and that the system has answered
//               if it answers at all, makes room for the next. So the system sets the pace.
//   steady      so many a second over all pairs, whatever the system does. So a system that falls behind shows it.

import { randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import type { Arrivals } from "./arrivals";
import { percentile } from "./figures";
import type { Line } from "./system";

export type Mode =
  | { readonly is: "in flight"; readonly messages: number }
  | { readonly is: "steady"; readonly perSecond: number };

export type Round = {
  readonly messages: number;
  readonly lost: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

type Exchanged = { readonly sentAt: number; readonly arrivedAt: number | undefined };

export const modeName = (mode: Mode): string =>
  mode.is === "steady" ? `steady ${mode.perSecond}/s` : `${mode.messages} in flight`;

export async function drive(
  lines: readonly Line[],
  arrivals: Arrivals,
  mode: Mode,
  forMs: number,
): Promise<Round> {
  const exchanged: Exchanged[] = [];
  const exchange = async (line: Line) => {
    const id = randomBytes(12).toString("base64url");
    const arrival = arrivals.expect(id);
    const sentAt = performance.now();
    const [arrivedAt] = await Promise.all([arrival, line.send(id)]);
    exchanged.push({ sentAt, arrivedAt });
  };
  const startedAt = performance.now();
  const endAt = startedAt + forMs;
  if (mode.is === "steady") await keepPace(lines, mode.perSecond, { startedAt, endAt }, exchange);
  else {
    const keepOneInFlight = async (line: Line) => {
      while (performance.now() < endAt) await exchange(line);
    };
    await Promise.all(
      lines.flatMap((line) => Array.from({ length: mode.messages }, () => keepOneInFlight(line))),
    );
  }
  return roundOf(exchanged, startedAt, endAt);
}

async function keepPace(
  lines: readonly Line[],
  perSecond: number,
  { startedAt, endAt }: { readonly startedAt: number; readonly endAt: number },
  exchange: (line: Line) => Promise<void>,
): Promise<void> {
  const under: Promise<void>[] = [];
  for (let sent = 0; ; sent++) {
    const dueAt = startedAt + (sent * 1_000) / perSecond;
    if (dueAt >= endAt) break;
    // A timer that came late is followed by what has become due meanwhile.
    if (dueAt > performance.now()) await pause(dueAt - performance.now());
    const line = lines[sent % lines.length];
    if (line) under.push(exchange(line));
  }
  await Promise.all(under);
}

/** What arrives after the end counts with its delay, not with the rate. */
function roundOf(exchanged: readonly Exchanged[], startedAt: number, endAt: number): Round {
  const delaysMs = exchanged.flatMap(({ sentAt, arrivedAt }) =>
    arrivedAt === undefined ? [] : [arrivedAt - sentAt],
  );
  const inTime = exchanged.filter(({ arrivedAt }) => arrivedAt !== undefined && arrivedAt <= endAt).length;
  return {
    messages: exchanged.length,
    lost: exchanged.length - delaysMs.length,
    perSecond: inTime / ((endAt - startedAt) / 1_000),
    p50Ms: percentile(delaysMs, 0.5),
    p99Ms: percentile(delaysMs, 0.99),
  };
}
