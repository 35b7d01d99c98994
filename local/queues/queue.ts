// One queue: a standard one of SQS.
//
//   sent ──delay──> visible ──receive──> in flight ──delete──> gone
//                      ^                     │
//                      └─ visibility passes ─┘      received too often: to the dead-letter queue
//
// After the retention it is gone from wherever it is.

import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import type { Message } from "./message";
import type { QueueSettings } from "./settings";

export type Depth = { readonly visible: number; readonly inFlight: number; readonly delayed: number };

export type Queue = {
  readonly settings: QueueSettings;
  send(body: string, delayMs?: number): Message;
  /** Takes over a message of another queue with its age, as SQS does. */
  adopt(message: Message): void;
  receive(most: number, visibilityMs: number): readonly Message[];
  delete(receipt: string): void;
  hide(receipt: string, forMs: number): "hidden" | "not-in-flight";
  purge(): void;
  depth(): Depth;
  bodies(): readonly string[];
  /** Settles when there may be something to receive, at the latest after so long. */
  arrival(withinMs: number): Promise<void>;
};

export function createQueue(options: {
  readonly settings: QueueSettings;
  readonly messages: Message[];
  readonly clock: Clock;
  readonly deadLetters: (arn: string) => Queue | undefined;
  readonly onArrival?: () => void;
}): Queue {
  const { settings, messages, clock } = options;
  const waiting = new Set<() => void>();

  const dropExpired = (): void => {
    const oldest = clock.now() - settings.retentionMs;
    for (let at = messages.length - 1; at >= 0; at--)
      if ((messages[at]?.sentAt ?? 0) <= oldest) messages.splice(at, 1);
  };
  const remove = (message: Message): void => void messages.splice(messages.indexOf(message), 1);
  const inFlightBy = (receipt: string): Message | undefined =>
    messages.find((it) => it.receipt === receipt && it.visibleAt > clock.now());
  const arrived = (): void => {
    for (const wake of [...waiting]) wake();
    options.onArrival?.();
  };
  /** Where a message that was received too often belongs now. */
  const deadLettersFor = ({ receives }: Message): Queue | undefined =>
    settings.redrive !== undefined && receives >= settings.redrive.mostReceives
      ? options.deadLetters(settings.redrive.arn)
      : undefined;

  return {
    settings,
    send: (body, delayMs = settings.delayMs) => {
      const now = clock.now();
      const message = { id: randomUUID(), body, sentAt: now, visibleAt: now + delayMs, receives: 0 };
      messages.push(message);
      arrived();
      return message;
    },
    adopt: ({ id, body, sentAt }) => {
      messages.push({ id, body, sentAt, visibleAt: clock.now(), receives: 0 });
      arrived();
    },
    receive: (most, visibilityMs) => {
      dropExpired();
      const now = clock.now();
      const received: Message[] = [];
      for (const message of messages.filter(({ visibleAt }) => visibleAt <= now)) {
        if (received.length >= most) break;
        const target = deadLettersFor(message);
        if (target !== undefined) {
          remove(message);
          target.adopt(message);
          continue;
        }
        message.receives += 1;
        message.firstReceivedAt ??= now;
        message.visibleAt = now + visibilityMs;
        message.receipt = randomUUID();
        received.push(message);
      }
      return received;
    },
    delete: (receipt) => {
      const message = messages.find((it) => it.receipt === receipt);
      if (message !== undefined) remove(message);
    },
    hide: (receipt, forMs) => {
      const message = inFlightBy(receipt);
      if (message === undefined) return "not-in-flight";
      message.visibleAt = clock.now() + forMs;
      return "hidden";
    },
    purge: () => void messages.splice(0),
    depth: () => {
      dropExpired();
      const now = clock.now();
      const hidden = messages.filter(({ visibleAt }) => visibleAt > now);
      const inFlight = hidden.filter(({ receives }) => receives > 0).length;
      return { visible: messages.length - hidden.length, inFlight, delayed: hidden.length - inFlight };
    },
    bodies: () => {
      dropExpired();
      return messages.map(({ body }) => body);
    },
    arrival: (withinMs) =>
      new Promise((resolve) => {
        const now = clock.now();
        const nextMs = Math.min(withinMs, ...messages.map(({ visibleAt }) => Math.max(0, visibleAt - now)));
        const wake = (): void => {
          waiting.delete(wake);
          cancel();
          resolve();
        };
        const cancel = clock.after(nextMs, wake);
        waiting.add(wake);
      }),
  };
}
