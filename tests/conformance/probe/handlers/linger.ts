// Starts work that it does not wait for. `linger: true` begins the work; any other frame keeps the environment awake until
// the work, which was frozen, is done.

import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { answering, type ProxyAnswer, saidIn, type SocketEvent, textOf } from "./events";
import { leaveNote } from "./notes";

const environment = randomUUID();
const AFTER_THE_ANSWER_MS = 20;
let unfinished: Promise<void> | undefined;

export async function handler(event: SocketEvent): Promise<ProxyAnswer> {
  const said = saidIn(event);
  if (said["linger"] === true) unfinished = lateNote(textOf(said, "note"));
  else await unfinished;
  return answering(said, { environment });
}

async function lateNote(note: string): Promise<void> {
  await pause(AFTER_THE_ANSWER_MS);
  await leaveNote(note, { at: Date.now() });
}
