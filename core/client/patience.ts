// Asking again, for questions that may be asked twice.

import type { Timers } from "../domain/ports/clock";
import type { Device } from "./device.types";
import type { AskedAction, Question, Reply } from "./requests";

/** Asks until there is an answer that more asking would not change, or the line goes. */
export async function askPatiently<A extends AskedAction>(
  device: Device,
  question: Question<A> & { readonly action: A },
): Promise<Reply<A>> {
  for (let tries = 1; ; tries += 1) {
    const reply = await device.connection.ask<A>(question);
    if (reply.is !== "refused" || (reply.code !== "try-again" && reply.code !== "slow-down")) return reply;
    await passed(device.timers, device.pauseMs(tries, reply.delayMs));
  }
}

export const passed = (timers: Timers, delayMs: number): Promise<void> =>
  new Promise((resolve) => void timers.after(delayMs, resolve));
