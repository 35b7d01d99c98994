// One end of a socket, spoken by hand, with everything that it heard.

import { WebSocket } from "ws";

export type Frame = Readonly<Record<string, unknown>>;
export type Closed = { readonly code: number; readonly reason: string };

export type Handshake = {
  /** Presented to the authorizer, as X-Pass. */
  readonly pass?: string | undefined;
  readonly query?: Readonly<Record<string, string>>;
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

/** A function of a deployed stage may start cold, its gateway gives up after 29 s, and a busy machine is slower. */
const PATIENCE_MS = 60_000;

const dial = (url: string, { pass, query, protocols, headers }: Handshake): WebSocket =>
  new WebSocket(`${url}?${new URLSearchParams(query).toString()}`, [...(protocols ?? [])], {
    headers: { ...(pass !== undefined && { "X-Pass": pass }), ...headers },
    // As API Gateway: a frame's size on the wire is its size.
    perMessageDeflate: false,
  });

export class Line {
  readonly heard: string[] = [];
  readonly closed: Promise<Closed>;
  private readonly looking = new Set<() => void>();
  private asked = 0;

  private constructor(readonly socket: WebSocket) {
    socket.on("message", (text: Buffer) => {
      this.heard.push(String(text));
      for (const look of this.looking) look();
    });
    this.closed = new Promise((resolve) =>
      socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() })),
    );
  }

  /** Rejects with what a browser would say when the handshake is refused or its subprotocol is wrong. */
  static open(url: string, handshake: Handshake): Promise<Line> {
    const line = new Line(dial(url, handshake));
    return new Promise((resolve, reject) => {
      line.socket.once("open", () => resolve(line));
      line.socket.on("error", reject);
    });
  }

  /** What the handshake is refused with. */
  static refused(url: string, handshake: Handshake): Promise<{ status: number; body: string }> {
    const socket = dial(url, handshake);
    return new Promise((resolve, reject) => {
      socket.on("error", () => undefined);
      socket.once("open", () => {
        socket.terminate();
        reject(new Error("the handshake was accepted"));
      });
      socket.once("unexpected-response", (request, response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
        response.on("end", () => {
          request.destroy();
          resolve({ status: response.statusCode ?? 0, body });
        });
      });
    });
  }

  say(frame: Frame | string): void {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** One text in frames of the given sizes. */
  saySplit(text: string, sizes: readonly number[]): void {
    const bytes = Buffer.from(text);
    let at = 0;
    for (const [index, size] of sizes.entries()) {
      this.socket.send(bytes.subarray(at, at + size), { binary: false, fin: index === sizes.length - 1 });
      at += size;
    }
  }

  /** The answer that repeats the frame's `ref`. */
  ask(frame: Frame): Promise<Frame> {
    const ref = `r${++this.asked}`;
    this.say({ ...frame, ref });
    return this.hears((answer) => answer["ref"] === ref, JSON.stringify(frame).slice(0, 200));
  }

  /** The first frame, of those that came or will come, that fits. */
  hears(fits: (frame: Frame) => boolean, what: string, withinMs = PATIENCE_MS): Promise<Frame> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const frame = this.heard.map(frameIn).find(fits);
        if (frame === undefined) return;
        clearTimeout(timer);
        this.looking.delete(look);
        resolve(frame);
      };
      const timer = setTimeout(() => {
        this.looking.delete(look);
        reject(new Error(`heard nothing that fits: ${what}; heard ${this.heard.slice(-3).join(" | ")}`));
      }, withinMs);
      this.looking.add(look);
      look();
    });
  }
}

/** What is no JSON object is a frame without fields. */
export function frameIn(text: string): Frame {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
