// Runs until a test says that it may go on, and says when it began and when it was done.
//
//   1  <note>.began     left by this function
//   2  <note>.go        left by the test, at another socket
//   3  <note>.done      left by this function, whoever still listens

import { setTimeout as pause } from "node:timers/promises";
import { answering, type ProxyAnswer, saidIn, type SocketEvent, textOf } from "./events";
import { hasNote, leaveNote } from "./notes";

const LOOK_EVERY_MS = 20;

export async function handler(event: SocketEvent): Promise<ProxyAnswer> {
  const said = saidIn(event);
  const note = textOf(said, "note");
  await leaveNote(`${note}.began`, { at: Date.now() });
  while (!(await hasNote(`${note}.go`))) await pause(LOOK_EVERY_MS);
  await leaveNote(`${note}.done`, { at: Date.now() });
  return answering(said, { done: note });
}
