// What the bench says beside the table of rounds.

import type { IdleCost } from "./measure/idle-connections";
import { RATE_MESSAGES } from "./systems/cloud";

export type CloudFigures = {
  /** With the backend synthesized, and with its assembly kept from an earlier start. */
  readonly firstStartMs: number;
  readonly nextStartMs: number;
  /** After the load. */
  readonly cloudBytes: number;
  readonly engineBytes: number;
  readonly idle: IdleCost;
};

const MB = 1_000_000;
const KB = 1_000;

export function cloudLines(figures: CloudFigures): readonly string[] {
  const { firstStartMs, nextStartMs, cloudBytes, engineBytes, idle } = figures;
  const line = (name: string, value: string, aim: string) => `${name.padEnd(34)} ${value.padEnd(58)} ${aim}`;
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  return [
    line(
      "start to ready",
      `${seconds(nextStartMs)}; ${seconds(firstStartMs)} when the backend is synthesized first`,
      "aim: 10 s",
    ),
    line(
      "memory after the load",
      `${mb(cloudBytes + engineBytes)} (cloud ${mb(cloudBytes)}, engine ${mb(engineBytes)})`,
      "aim: 400 MB",
    ),
    line(
      `an idle connection, of ${idle.connections}`,
      `${kb(idle.residentBytes)} resident (heap ${kb(idle.heapBytes)}, buffers ${kb(idle.bufferBytes)})`,
      "aim: 30 KB",
    ),
  ];
}

const mb = (bytes: number) => `${(bytes / MB).toFixed(0)} MB`;
const kb = (bytes: number) => `${(bytes / KB).toFixed(1)} KB`;

const NOTES = [
  "messages/s, p50, p99: the median of the rounds, and the least and the most of them. A message is timed from the",
  "call that sends it until its frame is at the other client; one that the system answers is in flight until then.",
  "ratio: to serverless-offline in the same mode; messages a second, and p99 at the steady pace.",
  "ours: nothing is switched off. A device has one unanswered `send` a conversation, so eight in flight share frames.",
  `The rate limit of 60 messages in 10 s was raised to ${RATE_MESSAGES} for this, not removed.`,
];

const WHOLE_NOTES = [
  ...NOTES,
  "Each system was warmed up with one in flight for 10 s. A round begins when no other system is busy any more.",
];

const QUICK_NOTES = [...NOTES, "One short round: for tuning, not for quoting."];

export const footnotes = (isQuick: boolean) => (isQuick ? QUICK_NOTES : WHOLE_NOTES);
