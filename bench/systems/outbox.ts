import { setTimeout as pause } from "node:timers/promises";
import type { Line } from "../load/system";
import { textOf } from "../load/system";
import type { Device, Frame } from "./device";

/** SEND_ENTRIES of core/domain/limits.ts: what one `send` may hold. */
const SEND_ENTRIES = 20;

type Waiting = { readonly id: string; readonly answered: () => void; readonly failed: (why: Error) => void };

export function createOutbox(device: Device, conversation: string): Line {
  let waiting: Waiting[] = [];
  let after = 0;
  let isBusy = false;

  const pump = async (): Promise<void> => {
    isBusy = true;
    // What is written in the same instant is stored together and leaves together.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, SEND_ENTRIES);
      waiting = waiting.slice(SEND_ENTRIES);
      const left = await transmit(batch);
      waiting = [...left, ...waiting];
    }
    isBusy = false;
  };

  /** Answers what has to be sent again. */
  const transmit = async (batch: readonly Waiting[]): Promise<readonly Waiting[]> => {
    const entries = batch.map(({ id }) => ({ kind: "message", id, body: { text: textOf(id) } }));
    const answer = await device.ask({ action: "send", device: device.name, conversation, after, entries });
    const appended = appendedIn(answer);
    after = appended.at(-1)?.seq ?? after;
    for (const { answered } of batch.slice(0, appended.length)) answered();
    if (answer["type"] === "ok") return [];
    const left = batch.slice(appended.length);
    if (answer["code"] === "slow-down" || answer["code"] === "try-again") {
      await pause(Number(answer["delayMs"] ?? 100));
      return left;
    }
    for (const { failed } of left) failed(new Error(`unable to measure; ${JSON.stringify(answer)}`));
    return [];
  };

  return {
    send: (id) =>
      new Promise((answered, failed) => {
        waiting.push({ id, answered, failed });
        if (!isBusy) void pump();
      }),
  };
}

type Appended = { readonly seq: number };

const appendedIn = (answer: Frame): readonly Appended[] =>
  Array.isArray(answer["appended"]) ? (answer["appended"] as readonly Appended[]) : [];
