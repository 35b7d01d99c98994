// Starts work that it does not wait for. `linger: true` begins it, anything else only keeps the environment awake
// for a moment, in which what was frozen may go on.

import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { answering, type ProxyAnswer, saidIn, type SocketEvent, textOf } from "./events";
import { leaveNote } from "./notes";

const environment = randomUUID();
const AFTER_THE_ANSWER_MS = 20;
const AWAKE_MS = 200;

export async function handler(event: SocketEvent): Promise<ProxyAnswer> {
  const said = saidIn(event);
  if (said["linger"] === true) void lateNote(textOf(said, "note"));
  else await pause(AWAKE_MS);
  return answering(said, { environment });
}

async function lateNote(note: string): Promise<void> {
  await pause(AFTER_THE_ANSWER_MS);
  await leaveNote(note, { at: Date.now() });
}
