// Where the plays are played: the real use cases over memory adapters, real clients over a line that a test can
// cut, slow down, and make forget or repeat what it carries. Virtual time; the same seed, the same play.

import { isHandle, type ConnectionId, type UserId } from "../../domain/ids";
import { leave } from "../../domain/leave";
import { CONNECTION_MS } from "../../domain/limits";
import type { Person } from "../../domain/person";
import type { Push } from "../../domain/ports/push";
import { serveFrame, type ServePorts } from "../../protocol/serve";
import { isTold } from "../../protocol/told";
import { encodeNotice } from "../../protocol/wire";
import { memoryWorld, type MemoryWorld } from "../../testing/memory-world";
import type { Socket, SocketEvents, SocketRequest } from "../ports/socket";
import { PlayClock } from "./play-clock";

export type Way = "up" | "down";
/** When each copy of a frame arrives; none: it is lost. */
export type Weather = (way: Way, text: string) => readonly number[];
export const FINE: Weather = () => [5];

export type Line = { readonly user: UserId; alive: boolean; weather: Weather; refuseTokens: boolean };

type Wire = {
  readonly line: Line;
  readonly events: SocketEvents;
  open: boolean;
  /** The device itself has closed it: what it had sent before that still arrives. */
  left: boolean;
};

/** A browser waits for the other end before it says that a socket that it was told to close is closed. */
const CLOSING_MS = 2_000;
/** Gateways report a socket that went without a word late. */
const DISCONNECT_MS = 50;

export class Stage {
  readonly clock = new PlayClock();
  readonly world: MemoryWorld;
  readonly problems: unknown[] = [];
  readonly ports: ServePorts;
  /** What the server may do to a frame before it is served: undefined lets it pass. */
  refuse: (text: string) => string | undefined = () => undefined;
  /** Told when a device begins to open a socket. */
  onConnect: (line: Line) => void = () => {};
  private readonly wires = new Map<ConnectionId, Wire>();

  constructor(seed = 1) {
    this.world = memoryWorld(seed);
    const { log, inbox, connections, watches, people, random, pace } = this.world;
    const { clock } = this;
    const push: Push = {
      push: async (connection, notice) => {
        let outcome: Awaited<ReturnType<Push["push"]>> = "sent";
        for (const frame of encodeNotice(notice))
          if (outcome === "sent") outcome = this.push(connection, frame);
        return outcome;
      },
    };
    const report = (error: unknown) => void this.problems.push(error);
    this.ports = { log, inbox, connections, watches, people, random, pace, clock, push, report };
  }

  async person(text: string): Promise<Person> {
    if (!isHandle(text)) throw new RangeError(`unable to cast ${text}; it is no handle`);
    const person = { user: this.world.ids.user(), name: text.toUpperCase(), handle: text };
    await this.world.people.save(person, this.world.clock.now());
    return person;
  }

  stranger(): UserId {
    return this.world.ids.user();
  }

  connect(line: Line, { protocols }: SocketRequest, events: SocketEvents): Socket {
    const connection = this.world.ids.connection();
    const wire: Wire = { line, events, open: false, left: false };
    this.wires.set(connection, wire);
    this.onConnect(line);
    this.clock.after(5, () => {
      if (!line.alive || line.refuseTokens || protocols[1] !== `jwt.${line.user}`)
        return this.end(connection);
      wire.open = true;
      const expiresAt = this.clock.now() + CONNECTION_MS;
      void this.ports.connections
        .connecting(line.user, connection, expiresAt)
        .then(() => wire.open && events.opened());
    });
    return {
      send: (text) => this.carry(wire, "up", text, () => void this.serve(connection, wire, text)),
      close: () => {
        wire.left = wire.open;
        this.end(connection, CLOSING_MS);
      },
    };
  }

  /** Both ends learn of it. */
  cut(line: Line): void {
    for (const [connection, wire] of this.wires) if (wire.line === line) this.end(connection);
  }

  /** The sockets of this line that stand. */
  open(line: Line): readonly ConnectionId[] {
    return [...this.wires].flatMap(([connection, wire]) =>
      wire.line === line && wire.open ? [connection] : [],
    );
  }

  /** Those of them that a push finds. */
  async reached(line: Line): Promise<readonly ConnectionId[]> {
    const open = this.open(line);
    const rows = await this.world.connections.readyOf(line.user, this.clock.now());
    return rows.map(({ connection }) => connection).filter((connection) => open.includes(connection));
  }

  private end(connection: ConnectionId, toldAfterMs = 1): void {
    const wire = this.wires.get(connection);
    if (!wire) return;
    this.wires.delete(connection);
    wire.open = false;
    this.clock.after(toldAfterMs, () => wire.events.closed(1006, ""));
    const caller = { user: wire.line.user, connection };
    this.clock.after(DISCONNECT_MS, () => void leave(this.ports, caller));
  }

  /** Says something to every socket of this line, as the server would. */
  say(line: Line, frame: object): void {
    for (const wire of this.wires.values())
      if (wire.line === line) this.carry(wire, "down", JSON.stringify(frame), () => {});
  }

  private async serve(connection: ConnectionId, { line }: Wire, text: string): Promise<void> {
    const { action } = JSON.parse(text) as { readonly action: unknown };
    if (action === "ping") return void this.push(connection, { type: "pong" });
    const refusal = this.refuse(text);
    if (refusal !== undefined) return void this.push(connection, JSON.parse(refusal));
    const answer = await serveFrame(this.ports, { user: line.user, connection }, text);
    if (!isTold(action)) this.push(connection, answer);
  }

  private push(connection: ConnectionId, frame: object): "sent" | "gone" {
    const wire = this.wires.get(connection);
    if (!wire) return "gone";
    this.carry(wire, "down", JSON.stringify(frame), () => {});
    return "sent";
  }

  private carry(wire: Wire, way: Way, text: string, arrive: () => void): void {
    if (!wire.line.alive) return;
    for (const delayMs of wire.line.weather(way, text)) {
      this.clock.after(delayMs, () => {
        if (!wire.line.alive) return;
        if (way === "down" && wire.open) wire.events.message(text);
        if (way === "up" && (wire.open || wire.left)) arrive();
      });
    }
  }
}
