// Does what the connection machine says: tokens, sockets, the one alarm; and carries questions and answers.

import type { DeviceId } from "../domain/ids";
import type { Random, Timers } from "../domain/ports/clock";
import { SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX, VERSION } from "../protocol/version";
import type { Live } from "./chat-client.types";
import { connectionView, step, type ConnectionEffect, type ConnectionEvent } from "./connection-machine";
import type { ConnectionState, StopReason } from "./connection-machine";
import { createView } from "./live";
import type { Log } from "./log-line";
import type { Socket, Sockets } from "./ports/socket";
import type { Surroundings } from "./ports/surroundings";
import type { Tokens } from "./ports/tokens";
import { readFrame } from "./read-frame";
import { createRequests, type AskedAction, type Question, type Reply, type Requests } from "./requests";
import type { Bye, Pushed, Told, Welcome } from "./told.types";
import type { ConnectionView } from "./views";

export type ConnectionPorts = {
  readonly sockets: Sockets;
  readonly tokens: Tokens;
  readonly surroundings: Surroundings;
  readonly timers: Timers;
  readonly random: Random;
  readonly socketUrl: string;
  readonly log: Log;
};

export type ConnectionListener = {
  readonly device: () => DeviceId;
  /** `hello` was answered: from now on it can be asked. */
  readonly welcomed: (welcome: Welcome) => void;
  readonly pushed: (pushed: Pushed) => void;
  /** What the last socket had been told holds no more. */
  readonly lost: () => void;
};

export interface Connection {
  readonly view: Live<ConnectionView>;
  start(): void;
  stop(): void;
  reconnectNow(): void;
  caughtUp(): void;
  /** Whether `hello` was answered and the socket still stands. */
  isUp(): boolean;
  ask<A extends AskedAction>(question: Question<A> & { readonly action: A }): Promise<Reply<A>>;
}

/** One socket's life. What its events say once it is dropped is not heard. */
type Wire = { readonly socket: Socket; readonly requests: Requests };

export function createConnection(ports: ConnectionPorts, listener: ConnectionListener): Connection {
  const { timers, surroundings } = ports;
  let state: ConnectionState = { is: "idle" };
  let wire: Wire | undefined;
  let asking = 0;
  let cancelAlarm = () => {};
  let unsubscribe = () => {};
  const view = createView(() => connectionView(state));

  function happen(event: ConnectionEvent): void {
    const world = { now: timers.now(), chance: ports.random(), online: surroundings.online() };
    const next = step(state, event, world);
    state = next.state;
    if (next.alarmMs !== "keep") {
      cancelAlarm();
      cancelAlarm = next.alarmMs === undefined ? () => {} : timers.after(next.alarmMs, onAlarm);
    }
    for (const effect of next.effects) perform(effect);
    view.touch();
  }
  const isUp = () => state.is === "catching-up" || state.is === "live";
  const onAlarm = () => happen({ is: "alarm" });

  function perform(effect: ConnectionEffect): void {
    switch (effect.is) {
      case "ask-token":
        return void askToken(effect.fresh);
      case "open":
        return open(effect.jwt);
      case "say-hello":
        return void sayHello();
      case "ping":
        return wire?.socket.send(JSON.stringify({ action: "ping" }));
      case "drop":
        return drop();
      default:
        return effect satisfies never;
    }
  }

  async function askToken(fresh: boolean): Promise<void> {
    const mine = (asking += 1);
    const token = await ports.tokens.access({ fresh }).catch(() => "unreachable" as const);
    if (mine === asking) happen({ is: "token", token });
  }

  function open(jwt: string): void {
    const requests = createRequests(
      timers,
      (text) => socket.send(text),
      () => happen({ is: "overdue" }),
    );
    const ifCurrent =
      <T extends readonly unknown[]>(then: (...told: T) => void) =>
      (...told: T) =>
        void (wire?.requests === requests && then(...told));
    const socket = ports.sockets.connect(
      { url: ports.socketUrl, protocols: [SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + jwt] },
      {
        opened: ifCurrent(() => happen({ is: "opened" })),
        message: ifCurrent(onText),
        closed: ifCurrent(() => happen({ is: "closed" })),
      },
    );
    wire = { socket, requests };
  }

  function drop(): void {
    asking += 1;
    const dropped = wire;
    wire = undefined;
    if (!dropped) return;
    dropped.socket.close();
    dropped.requests.lose();
    listener.lost();
  }

  async function sayHello(): Promise<void> {
    const asked = wire;
    const hello = { action: "hello", device: listener.device(), version: VERSION } as const;
    const reply = await asked?.requests.ask(hello);
    if (!reply || wire !== asked) return;
    if (reply.is === "answered") {
      happen({ is: "greeted" });
      listener.welcomed(reply.answer);
    } else if (reply.is === "refused") {
      happen({ is: reply.code === "version" ? "outdated" : "overdue" });
    }
  }

  function onText(text: string): void {
    happen({ is: "heard" });
    const told = readFrame(text);
    if (told === "unknown") return;
    if (told === "broken") return ports.log({ event: "frame-not-understood", bytes: text.length });
    if (!wire?.requests.answer(told)) onTold(told);
  }

  function onTold(told: Told): void {
    switch (told.type) {
      case "entry":
      case "marks":
      case "typing":
        return listener.pushed(told);
      case "presence":
        return "ref" in told ? undefined : listener.pushed(told);
      case "bye":
        return happen(byeEvent(told));
      case "refused":
        return ports.log({ event: "refused-unasked", code: told.code });
      case "welcome":
      case "ok":
      case "page":
      case "conversations":
      case "profile":
        return ports.log({ event: "answer-to-nothing", type: told.type });
      case "pong":
        return undefined;
      default:
        return told satisfies never;
    }
  }

  let seen = { online: true, visible: true };
  function onSurroundings(): void {
    const before = seen;
    seen = { online: surroundings.online(), visible: surroundings.visible() };
    if (seen.online !== before.online) happen({ is: "network", online: seen.online });
    if (seen.visible && !before.visible) happen({ is: "wake" });
  }

  return {
    view,
    start: () => {
      seen = { online: surroundings.online(), visible: surroundings.visible() };
      unsubscribe = surroundings.subscribe(onSurroundings);
      happen({ is: "start" });
    },
    stop: () => {
      unsubscribe();
      cancelAlarm();
      drop();
      state = { is: "idle" };
    },
    reconnectNow: () => happen({ is: "reconnect-now" }),
    caughtUp: () => happen({ is: "caught-up" }),
    isUp,
    ask: async <A extends AskedAction>(question: Question<A> & { readonly action: A }): Promise<Reply<A>> =>
      wire && isUp() ? wire.requests.ask<A>(question) : { is: "lost" },
  };
}

/** Why the person is told that the line stays down, when no time to come back was named. */
const BYE_REASONS: Record<Bye["why"], StopReason> = {
  "signed-out": "signed-out",
  version: "version",
  replaced: "session-ended",
  maintenance: "session-ended",
};

const byeEvent = ({ why, delayMs }: Bye): ConnectionEvent => ({
  is: "bye",
  why: BYE_REASONS[why],
  ...(delayMs !== undefined && { delayMs }),
});
