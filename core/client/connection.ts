// Does what the connection machine says: tokens, sockets, the one alarm; and carries questions and answers.

import type { DeviceId } from "../domain/ids";
import type { Random, Timers } from "../domain/ports/clock";
import { SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX, VERSION } from "../protocol/version";
import type { Live } from "./chat-client.types";
import { connectionView, step } from "./connection-machine";
import type { ConnectionEffect, ConnectionEvent, ConnectionState, Which } from "./connection-machine.types";
import { createView } from "./live";
import type { Log } from "./log-line";
import type { Sockets } from "./ports/socket";
import type { Surroundings } from "./ports/surroundings";
import type { Tokens } from "./ports/tokens";
import type { AskedAction, Question, Reply, Telling } from "./requests";
import { watchSleep } from "./sleep-watch";
import type { Bye, Pushed, Refused, Told, Welcome } from "./told.types";
import type { ConnectionView, StopReason } from "./views";
import { openWire, type Wire } from "./wire";

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
  /** No push reaches this socket: the server has said so. */
  readonly unreached: () => void;
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
  /**
   * Says what needs no answer, where there is a line, and waits for nothing. `refused`: if that comes back, while the
   * socket stands.
   */
  tell(telling: Telling, refused?: (refused: Refused) => void): void;
}

export function createConnection(ports: ConnectionPorts, listener: ConnectionListener): Connection {
  const { timers, surroundings, log } = ports;
  let state: ConnectionState = { is: "idle" };
  let up: Wire | undefined;
  let coming: Wire | undefined;
  /**
   * Pushed to the coming socket before its welcome. The tails in that were read after the row was ready, so what was
   * committed since is nowhere else.
   */
  let early: Pushed[] = [];
  /** Replaced, and still owed answers. */
  const retiring = new Set<Wire>();
  let asking = 0;
  /** How far the device's clock is behind the server's. */
  let behindMs = 0;
  let cancelAlarm = () => {};
  let unsubscribe = () => {};
  const view = createView(() => connectionView(state));

  function happen(event: ConnectionEvent): void {
    const world = {
      now: timers.now(),
      chance: ports.random(),
      online: surroundings.online(),
      visible: surroundings.visible(),
    };
    const next = step(state, event, world);
    state = next.state;
    if (next.alarmMs !== "keep") {
      cancelAlarm();
      cancelAlarm = next.alarmMs === undefined ? () => {} : timers.after(next.alarmMs, onAlarm);
    }
    for (const effect of next.effects) perform(effect);
    view.touch();
  }
  const onAlarm = () => happen({ is: "alarm" });
  const isUp = () => state.is === "catching-up" || state.is === "live" || state.is === "renewing";

  function perform(effect: ConnectionEffect): void {
    switch (effect.is) {
      case "ask-token":
        return void askToken(effect.fresh);
      case "open":
        return open(effect.jwt);
      case "say-hello":
        return void sayHello();
      case "ping":
        return up?.ping();
      case "hand-over":
        return handOver();
      case "drop":
        return drop(effect.which);
      default:
        return effect satisfies never;
    }
  }

  async function askToken(fresh: boolean): Promise<void> {
    const mine = (asking += 1);
    const now = timers.now() + behindMs;
    const token = await ports.tokens.access({ fresh, now }).catch(() => "unreachable" as const);
    if (mine === asking) happen({ is: "token", token });
  }

  function open(jwt: string): void {
    const wire = openWire(
      { ...ports, protocols: [SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + jwt] },
      {
        opened: () => wire === coming && happen({ is: "opened" }),
        heard: () => wire === up && happen({ is: "heard" }),
        told: (told) => {
          if (wire === up || retiring.has(wire)) onTold(told, wire);
          else if (wire === coming && isPushed(told)) early.push(told);
        },
        closed: () => failed(wire, "closed"),
        overdue: () => failed(wire, "overdue"),
      },
    );
    coming = wire;
    early = [];
  }

  function failed(wire: Wire, is: "closed" | "overdue"): void {
    if (retiring.delete(wire)) return wire.end();
    if (wire === up) happen({ is, which: "up" });
    else if (wire === coming) happen({ is, which: "coming" });
  }

  /**
   * 1  the coming socket was welcomed: the server reads its row for every commit from now on
   * 2  questions go to it; what the old one was asked it may still answer
   * 3  the old one closes when it owes nothing; what it fails to answer is asked again on the new one
   */
  function handOver(): void {
    const before = up;
    up = coming;
    coming = undefined;
    if (!before) return;
    retiring.add(before);
    before.whenIdle(() => retiring.delete(before) && before.end());
  }

  function drop(which: Which | "both"): void {
    if (which !== "up") {
      asking += 1;
      coming?.end();
      coming = undefined;
    }
    if (which === "coming" || !up) return;
    const dropped = [up, ...retiring];
    up = undefined;
    retiring.clear();
    for (const wire of dropped) wire.end();
    listener.lost();
  }

  async function sayHello(): Promise<void> {
    const asked = coming;
    const reply = await asked?.ask({ action: "hello", device: listener.device(), version: VERSION });
    if (!reply || coming !== asked) return;
    if (reply.is === "answered") {
      behindMs = reply.answer.now - timers.now();
      happen({ is: "greeted", serverNow: reply.answer.now });
      listener.welcomed(reply.answer);
      for (const pushed of early.splice(0)) listener.pushed(pushed);
    } else if (reply.is === "refused") {
      happen(reply.code === "version" ? { is: "outdated" } : { is: "overdue", which: "coming" });
    }
  }

  function onTold(told: Told, wire: Wire): void {
    switch (told.type) {
      case "entries":
      case "marks":
      case "typing":
        return listener.pushed(told);
      case "presence":
        return "ref" in told ? undefined : listener.pushed(told);
      case "bye":
        return wire === up ? happen(byeEvent(told)) : undefined;
      case "refused":
        return log({ event: "refused-unasked", code: told.code });
      case "welcome":
      case "ok":
      case "page":
      case "conversations":
      case "profile":
      case "history":
        return log({ event: "answer-to-nothing", type: told.type });
      case "pong":
      case "gateway-error":
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
      const stops = [surroundings.subscribe(onSurroundings), watchSleep(ports, () => happen({ is: "wake" }))];
      unsubscribe = () => stops.forEach((stop) => stop());
      happen({ is: "start" });
    },
    stop: () => {
      unsubscribe();
      cancelAlarm();
      drop("both");
      state = { is: "idle" };
    },
    reconnectNow: () => happen({ is: "reconnect-now" }),
    caughtUp: () => happen({ is: "caught-up" }),
    isUp,
    ask: async <A extends AskedAction>(question: Question<A> & { readonly action: A }): Promise<Reply<A>> => {
      if (!up || !isUp()) return { is: "lost" };
      const reply = await up.ask<A>(question);
      if (reply.is === "answered" && "unreached" in reply.answer) listener.unreached();
      return reply;
    },
    tell: (telling, refused) => {
      if (!isUp()) return;
      up?.tell(telling, (word) => (word.is === "refused" ? refused?.(word) : listener.unreached()));
    },
  };
}

const isPushed = (told: Told): told is Pushed =>
  told.type === "entries" ||
  told.type === "marks" ||
  told.type === "typing" ||
  (told.type === "presence" && !("ref" in told));

/** Why the person is told that the line stays down, when no time to come back was named. */
const BYE_REASONS: Record<Bye["why"], StopReason> = {
  "signed-out": "signed-out",
  version: "version",
  replaced: "replaced",
  maintenance: "maintenance",
};

const byeEvent = ({ why, delayMs }: Bye): ConnectionEvent => ({
  is: "bye",
  why: BYE_REASONS[why],
  ...(delayMs !== undefined && { delayMs }),
});
