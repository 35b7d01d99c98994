// The network between one device and the cloud: real WebSockets, and what can become of what they carry. Each end
// knows by itself whether it takes a socket for open.
//
//   client ──up──▶ [dark? deaf?] ─▶ [trick?] ─▶ ws ─▶ cloud
//   client ◀─down─ [dark? deaf?] ◀─ [trick?] ◀─ ws ◀─ cloud
//
// A trick takes the next frame that fits, once: it lets it pass (now, later, twice), or drops the socket around it.

import { WebSocket } from "ws";
import type { Socket, SocketEvents, SocketRequest, Sockets } from "../../../core/client/ports/socket";
import type { UserId } from "../../../core/domain/ids";
import { isTold } from "../../../core/protocol/told";
import type { Recorder } from "../history/recorder";

export type Way = "up" | "down";

export type Carried = {
  readonly text: string;
  readonly pass: () => void;
  /** What has begun to arrive and never ends. */
  readonly passHalf: () => void;
  /** Both ends learn of it. */
  readonly drop: () => void;
};

export type Trick = {
  readonly way: Way;
  readonly fits: (text: string) => boolean;
  readonly strike: (carried: Carried) => void;
};

type Wire = {
  readonly name: string;
  readonly events: SocketEvents;
  readonly ws: WebSocket | undefined;
  /** Asked and not answered, by `ref`. */
  readonly asked: Set<string>;
  isOver: boolean;
  isDeaf: boolean;
};

export type LineWorld = { readonly recorder: Recorder; readonly reachable: () => boolean };

/** Of what was sent, for what comes again later. */
const REMEMBERED = 30;
const REFUSED = 1006;

export class Line implements Sockets {
  /** Nothing goes through, and nobody is told. */
  dark = false;
  readonly sent: string[] = [];
  private readonly wires = new Set<Wire>();
  private readonly tricks = new Set<Trick>();
  private readonly held = new Set<() => void>();
  private readonly deserted = new Set<WebSocket>();
  private count = 0;

  constructor(
    private readonly world: LineWorld,
    private readonly tab: string,
    private readonly user: UserId,
    /** What happens to a page happens now, or when it thaws. */
    private readonly run: (then: () => void) => void,
  ) {}

  readonly connect = ({ url, protocols }: SocketRequest, events: SocketEvents): Socket => {
    const isReached = !this.dark && this.world.reachable();
    const ws = isReached ? new WebSocket(url, [...protocols]) : undefined;
    const name = `${this.tab}#${(this.count += 1)}`;
    const wire: Wire = { name, events, ws, asked: new Set(), isOver: false, isDeaf: false };
    this.wires.add(wire);
    this.tell(wire, "asked");
    ws?.on("open", () => this.opened(wire));
    ws?.on("message", (body: Buffer) => this.carry(wire, "down", body.toString()));
    ws?.on("error", () => undefined);
    ws?.on("close", (code: number, reason: Buffer) => wire.isDeaf || this.over(wire, code, String(reason)));
    // Where there is no network a device finds out by itself; where nobody listens it is told.
    if (!ws && !this.dark) setImmediate(() => this.over(wire, REFUSED, ""));
    return {
      send: (text) => {
        if (!wire.isOver) this.send(wire, text);
      },
      close: () => this.closedByClient(wire),
    };
  };

  play(trick: Trick): void {
    this.tricks.add(trick);
  }

  /** Runs later, or when the network clears. */
  later(afterMs: number, then: () => void): void {
    const release = () => {
      clearTimeout(timer);
      if (this.held.delete(release)) then();
    };
    const timer = setTimeout(release, afterMs);
    this.held.add(release);
  }

  /** A frame of one's own again, on whatever socket there is. */
  repeat(text: string): boolean {
    const wire = this.openWire();
    if (!wire) return false;
    this.send(wire, text);
    return true;
  }

  cut(): boolean {
    const wires = [...this.wires].filter(({ isOver }) => !isOver);
    for (const wire of wires) this.drop(wire);
    return wires.length > 0;
  }

  /** The cloud still takes these sockets for open, and the device too. Nothing goes through any more. */
  deafen(): boolean {
    const wires = [...this.wires].filter(({ isOver, isDeaf, ws }) => !isOver && !isDeaf && ws);
    for (const wire of wires) {
      wire.isDeaf = true;
      if (wire.ws) this.deserted.add(wire.ws);
    }
    return wires.length > 0;
  }

  /** The device's machine takes nothing from its sockets, until it is told to. */
  wedge(): (() => void) | undefined {
    const ws = this.openWire()?.ws;
    if (!ws) return undefined;
    ws.pause();
    return () => ws.resume();
  }

  get isOpen(): boolean {
    return this.openWire() !== undefined;
  }

  /** On their way or open, as the device sees it. */
  get sockets(): number {
    return this.wires.size;
  }

  /** Questions that are under way. */
  get unanswered(): readonly string[] {
    return [...this.wires].flatMap(({ asked }) => [...asked]);
  }

  /** Nothing is held back any more. Sockets that are dead stay so. */
  clear(): void {
    this.dark = false;
    this.tricks.clear();
    for (const release of [...this.held]) release();
  }

  /** The cloud learns of the dead ones at last. */
  forget(): void {
    for (const ws of this.deserted) ws.terminate();
    this.deserted.clear();
  }

  private openWire(): Wire | undefined {
    return [...this.wires].find(
      ({ isOver, isDeaf, ws }) => !isOver && !isDeaf && ws?.readyState === WebSocket.OPEN,
    );
  }

  private opened(wire: Wire): void {
    if (wire.isOver || this.dark) return;
    this.run(() => {
      if (wire.isOver) return;
      this.tell(wire, "opened");
      wire.events.opened();
    });
  }

  private send(wire: Wire, text: string): void {
    this.world.recorder.tell({ is: "up", tab: this.tab, socket: wire.name, text });
    if (text.startsWith('{"action":"send"')) {
      this.sent.push(text);
      if (this.sent.length > REMEMBERED) this.sent.shift();
    }
    if (!isTold(actionOf(text))) wire.asked.add(nameOf(text));
    this.carry(wire, "up", text);
  }

  private carry(wire: Wire, way: Way, text: string): void {
    if (this.dark || wire.isDeaf || wire.isOver) return;
    const trick = [...this.tricks].find((one) => one.way === way && one.fits(text));
    const pass = () => this.pass(wire, way, text);
    if (!trick) return pass();
    this.tricks.delete(trick);
    trick.strike({
      text,
      pass,
      passHalf: () => this.passHalf(wire, way, text),
      drop: () => this.drop(wire),
    });
  }

  private pass(wire: Wire, way: Way, text: string): void {
    if (this.dark || wire.isDeaf || wire.isOver) return;
    if (way === "up") {
      if (wire.ws?.readyState === WebSocket.OPEN) wire.ws.send(text);
      return;
    }
    this.run(() => {
      if (wire.isOver) return;
      this.world.recorder.tell({ is: "heard", tab: this.tab, socket: wire.name, text });
      if (isGatewayError(text)) wire.asked.clear();
      wire.asked.delete(nameOf(text));
      wire.events.message(text);
    });
  }

  private passHalf(wire: Wire, way: Way, text: string): void {
    if (way === "up" && wire.ws?.readyState === WebSocket.OPEN)
      wire.ws.send(text.slice(0, text.length / 2), { fin: false });
  }

  private drop(wire: Wire): void {
    wire.ws?.terminate();
    this.over(wire, REFUSED, "");
  }

  private closedByClient(wire: Wire): void {
    if (wire.isOver) return;
    this.tell(wire, "dropped by the client");
    // Of a socket that is open on one side only, the other side hears nothing.
    if (!wire.isDeaf && !this.dark) wire.ws?.close(1000);
    else if (wire.ws) this.deserted.add(wire.ws);
    this.over(wire, 1000, "");
  }

  private over(wire: Wire, code: number, reason: string): void {
    if (wire.isOver) return;
    wire.isOver = true;
    this.wires.delete(wire);
    this.tell(wire, "lost");
    this.run(() => wire.events.closed(code, reason));
  }

  private tell({ name: socket }: Wire, what: "asked" | "opened" | "dropped by the client" | "lost"): void {
    this.world.recorder.tell({ is: "socket", tab: this.tab, user: this.user, socket, what });
  }
}

const actionOf = (text: string): string | undefined => /^\{"action":"([^"]*)"/.exec(text)?.[1];

/** A question and its answer have one name: the `ref`, and for a ping and its pong that they have none. */
const nameOf = (text: string): string =>
  /"ref":"([^"]*)"/.exec(text)?.[1] ?? (/^\{"(action":"ping|type":"pong)"/.test(text) ? "ping" : "pushed");

/** It does not say which frame it could not serve; that one is asked again under another `ref`. */
const isGatewayError = (text: string): boolean => text.startsWith('{"message"');
