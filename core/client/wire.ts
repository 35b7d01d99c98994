// One socket's life: its questions and answers, and what else it says. What it says once it was ended is not heard.

import type { Timers } from "../domain/ports/clock";
import type { Log } from "./log-line";
import type { Sockets } from "./ports/socket";
import { readFrame } from "./read-frame";
import { createRequests, type Requests } from "./requests";
import type { Told } from "./told.types";

export type Wire = Pick<Requests, "ask" | "tell" | "whenIdle"> & {
  readonly ping: () => void;
  readonly end: () => void;
};

export type WireEvents = {
  readonly opened: () => void;
  /** Anything at all: the line lives. */
  readonly heard: () => void;
  /** What was not the answer to a question. */
  readonly told: (told: Told) => void;
  readonly closed: () => void;
  /** A question has had no answer for too long. */
  readonly overdue: () => void;
};

export type WirePorts = {
  readonly sockets: Sockets;
  readonly timers: Timers;
  readonly log: Log;
  readonly socketUrl: string;
  readonly protocols: readonly string[];
};

export function openWire(ports: WirePorts, events: WireEvents): Wire {
  let isOver = false;
  const unlessOver = (then: () => void) => () => void (isOver || then());
  const requests = createRequests(ports.timers, (text) => socket.send(text), unlessOver(events.overdue));
  const socket = ports.sockets.connect(
    { url: ports.socketUrl, protocols: ports.protocols },
    {
      opened: unlessOver(events.opened),
      message: (text) => unlessOver(() => onText(text))(),
      closed: unlessOver(events.closed),
    },
  );

  function onText(text: string): void {
    events.heard();
    const told = readFrame(text);
    if (told === "unknown") return;
    if (told === "broken") return ports.log({ event: "frame-not-understood", bytes: text.length });
    if (told.type === "gateway-error") requests.doubt();
    else if (!requests.answer(told)) events.told(told);
  }

  return {
    ask: requests.ask,
    tell: requests.tell,
    whenIdle: requests.whenIdle,
    ping: () => socket.send(JSON.stringify({ action: "ping" })),
    end: () => {
      if (isOver) return;
      isOver = true;
      socket.close();
      requests.lose();
    },
  };
}
