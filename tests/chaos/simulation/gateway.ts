// The line between devices and functions: sockets that are cut, go deaf or are told late, and frames that are late,
// doubled, overtaken or lost. Each end knows by itself whether it takes the socket for open.

import type { Socket, SocketEvents, SocketRequest } from "../../../core/client/ports/socket";
import type { Caller } from "../../../core/domain/caller";
import type { ConnectionId, UserId } from "../../../core/domain/ids";
import type { Random } from "../../../core/domain/ports/clock";
import type { RandomIds } from "../../../core/testing/random-ids";
import { below } from "../../../core/testing/seeded-random";
import { TOKEN_SUBPROTOCOL_PREFIX } from "../../../core/protocol/version";
import type { Recorder } from "../history/recorder";
import { between } from "./chances";
import type { TokenOffice } from "./token-office";
import type { VirtualClock } from "./virtual-clock";
import type { Weather } from "./weather";

/** What runs behind it. An answer of undefined refuses the handshake; a frame that was told has none when it is done. */
export type Backend = {
  readonly connect: (caller: Caller) => Promise<boolean>;
  readonly frame: (caller: Caller, text: string) => Promise<string | undefined>;
  readonly disconnect: (caller: Caller) => Promise<void>;
};

/** The network of one tab. */
export type Line = {
  readonly tab: string;
  readonly user: UserId;
  alive: boolean;
  /** What goes up is none of our client's. */
  readonly isHostile?: true;
};

export type NamedSocket = Socket & { readonly connection: ConnectionId };

type Wire = {
  readonly line: Line;
  readonly connection: ConnectionId;
  readonly events: SocketEvents;
  /** As each end sees it. */
  device: "opening" | "open" | "closed";
  server: "opening" | "open" | "closed";
  /** It takes nothing any more, and does not say so. */
  wedged: boolean;
};

export type GatewayWorld = {
  readonly clock: VirtualClock;
  readonly weather: Weather;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly tokens: TokenOffice;
  readonly ids: RandomIds;
};

/** A browser waits for the other end before it says that a socket that it was told to close is closed. */
const CLOSING_MS = 2_000;
const HOUR_MS = 3_600_000;

export class Gateway {
  /** Whether a frame is dropped on its way down, for what is tried out when the weather is fine. */
  drops: (line: Line, text: string) => boolean = () => false;
  /** Told when a device begins to open a socket. */
  asked: (line: Line) => void = () => {};
  /** Nobody is told of the sockets that end: `$disconnect` is best effort. */
  isSilent = false;
  private readonly wires = new Map<ConnectionId, Wire>();
  private backend: Backend | undefined;

  constructor(private readonly world: GatewayWorld) {}

  serves(backend: Backend): void {
    this.backend = backend;
  }

  connect(line: Line, { protocols }: SocketRequest, events: SocketEvents): NamedSocket {
    const { clock, ids, random } = this.world;
    const connection = ids.connection();
    const wire: Wire = { line, connection, events, device: "opening", server: "opening", wedged: false };
    this.wires.set(connection, wire);
    this.tell(wire, "asked");
    this.asked(line);
    const jwt = protocols[1]?.slice(TOKEN_SUBPROTOCOL_PREFIX.length) ?? "";
    clock.after(between(random, 5, 60), () => void this.shakeHands(wire, jwt));
    return {
      connection,
      send: (text) => {
        const is = line.isHostile ? "hostile" : "up";
        this.world.recorder.tell({ is, tab: line.tab, socket: connection, text });
        this.carry(wire, "up", text);
      },
      close: () => {
        if (wire.device !== "closed") this.tell(wire, "dropped by the client");
        this.closeDevice(wire, CLOSING_MS);
        if (line.alive) this.closeServer(wire);
      },
    };
  }

  private async shakeHands(wire: Wire, jwt: string): Promise<void> {
    const { clock, tokens, random } = this.world;
    // The SYN goes nowhere: the device finds out by itself.
    if (!wire.line.alive || wire.device === "closed") return this.closeServer(wire);
    const isLetIn = tokens.accepts(jwt, wire.line.user) && (await this.backend?.connect(this.callerOf(wire)));
    if (!isLetIn) {
      wire.server = "closed";
      return this.closeDevice(wire, between(random, 1, 20));
    }
    // Until the handshake is through, a post to it is answered 410.
    clock.after(between(random, 1, 20), () => {
      if (wire.server === "opening") wire.server = "open";
      if (wire.device !== "opening" || wire.server !== "open" || !wire.line.alive) return;
      wire.device = "open";
      this.tell(wire, "opened");
      wire.events.opened();
    });
  }

  /** As a POST to @connections. */
  async push(connection: ConnectionId, text: string): Promise<"sent" | "gone" | "failed"> {
    const { clock, weather } = this.world;
    const wire = this.wires.get(connection);
    if (wire?.server !== "open") return "gone";
    if (wire.wedged || weather.strikes("N9", 0.01, "a post timed out twice")) {
      await clock.passed(4_000);
      return "failed";
    }
    if (weather.strikes("N9", 0.02, "a post was answered 429 twice")) return "failed";
    this.carry(wire, "down", text);
    return "sent";
  }

  /** Both ends learn of it. */
  cut(line: Line): void {
    for (const wire of this.wiresOf(line)) this.break(wire);
  }

  /** The server's end is gone; the device's still looks open. */
  deafen(line: Line): void {
    for (const wire of this.wiresOf(line)) this.closeServer(wire);
  }

  wedge(line: Line): void {
    for (const wire of this.wiresOf(line)) wire.wedged = true;
  }

  /** Those that took nothing take again. */
  loosen(): void {
    for (const wire of this.wires.values()) wire.wedged = false;
  }

  /** The sockets of this line that both ends take for open. */
  open(line: Line): readonly ConnectionId[] {
    return this.wiresOf(line)
      .filter(({ device, server, wedged }) => device === "open" && server === "open" && !wedged)
      .map(({ connection }) => connection);
  }

  private wiresOf(line: Line): readonly Wire[] {
    return [...this.wires.values()].filter((wire) => wire.line === line);
  }

  private break(wire: Wire): void {
    this.closeDevice(wire, 1);
    this.closeServer(wire);
  }

  private closeDevice(wire: Wire, afterMs: number): void {
    if (wire.device === "closed") return;
    wire.device = "closed";
    this.tell(wire, "lost");
    this.forget(wire);
    this.world.clock.after(afterMs, () => wire.events.closed(1006, ""));
  }

  private forget(wire: Wire): void {
    if (wire.device === "closed" && wire.server === "closed") this.wires.delete(wire.connection);
  }

  /** `$disconnect` is best effort: late now and then, or never. */
  private closeServer(wire: Wire): void {
    const { clock, weather, random } = this.world;
    if (wire.server === "closed") return;
    wire.server = "closed";
    this.forget(wire);
    if (this.isSilent || weather.strikes("N5", 0.1, "a $disconnect was lost")) return;
    const isLate = weather.strikes("N5", 0.1, "a $disconnect came late");
    const delayMs = isLate ? between(random, 1_000, 120_000) : 50;
    clock.after(delayMs, () => void this.backend?.disconnect(this.callerOf(wire)));
  }

  private carry(wire: Wire, way: "up" | "down", text: string): void {
    const { clock, weather, random } = this.world;
    if (!wire.line.alive) return;
    if (way === "down" && (wire.wedged || this.drops(wire.line, text))) return;
    if (weather.strikes("N4", way === "up" ? 0.015 : 0.03, `a frame ${way} was lost`)) return;
    const copies = weather.strikes("N2", 0.03, `a frame ${way} was doubled`) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const isLate = weather.strikes("N3", 0.03, `a frame ${way} was delayed`);
      const longest = isLate && below(random, 10) === 0 ? 30_000 : 2_000;
      const delayMs = isLate ? below(random, longest) : between(random, 2, 25);
      clock.after(delayMs, () => {
        if (isLate) weather.lands(clock.now());
        this.arrive(wire, way, text);
      });
    }
  }

  private arrive(wire: Wire, way: "up" | "down", text: string): void {
    if (!wire.line.alive) return;
    if (way === "up" && wire.server === "open") void this.serve(wire, text);
    if (way === "down" && wire.device === "open") wire.events.message(text);
  }

  private async serve(wire: Wire, text: string): Promise<void> {
    const { clock, weather, random } = this.world;
    if (weather.strikes("N1", 0.004, "a socket was dropped before a frame was served"))
      return this.break(wire);
    if (weather.strikes("N1", 0.004, "a socket was dropped inside a frame"))
      clock.after(below(random, 60), () => this.break(wire));
    const answer = await this.backend?.frame(this.callerOf(wire), text);
    if (weather.strikes("N1", 0.004, "a socket was dropped between the commit and the answer"))
      return this.break(wire);
    const isDone = answer === undefined || answer.startsWith('{"type":"ok"');
    if (isDone && weather.strikes("N2", 0.01, "a frame came again an hour later"))
      clock.after(HOUR_MS, () => void this.backend?.frame(this.callerOf(wire), text));
    if (answer !== undefined) this.carry(wire, "down", answer);
  }

  private callerOf({ line, connection }: Wire): Caller {
    return { user: line.user, connection };
  }

  private tell(
    { line, connection }: Wire,
    what: "asked" | "opened" | "dropped by the client" | "lost",
  ): void {
    this.world.recorder.tell({ is: "socket", tab: line.tab, user: line.user, socket: connection, what });
  }
}
