// No live socket is without its row for longer than a heartbeat, no row outlives its socket by more than its TTL, no
// rotation leaves a device without a ready row.

import type { MakeRule } from "../rule";
import type { Of } from "../scene";

/** 60 s of silence and the pong that does not come: see core/client/connection-machine.ts. */
export const HEARTBEAT_MS = 65_000;

/** A tab tells of its line in the same breath, and where time is real milliseconds pass in one: the more, the busier. */
const TOLD_MS = 50;

type Socket = {
  readonly tab: string;
  live: boolean;
  ended: boolean;
  welcomed: boolean;
  ready: boolean;
  missingSince?: number;
};
type Dropping = {
  readonly tab: string;
  readonly at: number;
  readonly socket: string;
  readonly covered: boolean;
};

export const rows: MakeRule = (scene, tally) => {
  const sockets = new Map<string, Socket>();
  let dropping: readonly Dropping[] = [];
  let seesRows = false;
  let now = 0;

  function settle(name: string, socket: Socket): void {
    if (socket.missingSince === undefined) return;
    const missingMs = now - socket.missingSince;
    delete socket.missingSince;
    tally.check(missingMs <= HEARTBEAT_MS, () => `${name} of ${socket.tab} had no row for ${missingMs} ms`);
  }

  function look(name: string, socket: Socket): void {
    if (seesRows && socket.live && socket.welcomed && !socket.ready) socket.missingSince ??= now;
    else settle(name, socket);
  }

  /**
   * The client has ended a socket that was welcomed. If it still calls itself live and has asked for another, it has
   * rotated; one that is catching up may have found its old line dead. One that asks for none is a tab that has lost the lead and shows what the leading one says of its line.
   */
  function judgeDropped(): void {
    const undecided: Dropping[] = [];
    for (const one of dropping) {
      const { tab, at, socket, covered } = one;
      const line = scene.lines.get(tab);
      if (at + TOLD_MS >= now) undecided.push(one);
      else if (line !== "live") continue;
      else if (!covered && !hasAnother(tab, socket)) undecided.push(one);
      else tally.check(covered, () => `${tab} ended ${socket} and had no other that was ready`);
    }
    dropping = undecided;
  }

  const hasAnother = (tab: string, but: string) =>
    [...sockets].some(([name, one]) => name !== but && one.tab === tab && !one.ended);

  function isCovered(tab: string, but: string): boolean {
    return [...sockets].some(
      ([name, one]) =>
        name !== but && one.tab === tab && one.live && one.welcomed && (one.ready || !seesRows),
    );
  }

  function onSocket({ socket: name, tab, what }: Of<"socket">): void {
    if (what === "asked") {
      sockets.set(name, { tab, live: false, ended: false, welcomed: false, ready: false });
      return;
    }
    const socket = sockets.get(name);
    if (!socket) return;
    if (what === "dropped by the client" && socket.live && socket.welcomed)
      dropping = [...dropping, { tab, at: now, socket: name, covered: isCovered(tab, name) }];
    socket.live = what === "opened";
    socket.ended = what !== "opened";
    look(name, socket);
  }

  return {
    on: (event, frame) => {
      now = event.at;
      if (dropping.length > 0) judgeDropped();
      if (event.is === "socket") onSocket(event);
      // It calls itself live no more: it has lost that line, and has not rotated.
      else if (event.is === "line" && event.line !== "live")
        dropping = dropping.filter(({ tab }) => tab !== event.tab);
      else if (event.is === "row") {
        seesRows = true;
        const socket = sockets.get(event.socket);
        if (!socket) return;
        socket.ready = event.what === "ready";
        look(event.socket, socket);
      } else if (event.is === "heard" && frame?.name === "welcome") {
        const socket = sockets.get(event.socket);
        if (!socket) return;
        socket.welcomed = true;
        look(event.socket, socket);
      } else if (event.is === "ghosts")
        tally.check(
          event.sockets.length === 0,
          () => `${scene.nameOf(event.user)} still counts as connected by ${event.sockets.join(", ")}`,
        );
    },
    end: () => {
      for (const [name, socket] of sockets) settle(name, socket);
    },
  };
};
