import { connect, type Socket } from "node:net";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { type HttpMessage, HttpReader } from "./http-reader";

/** A thread that stood still for so long may not have heard that the line was closed meanwhile. */
const STILL_MS = 100;

/**
 * A line to the engine, one request at a time, opened when it is needed and again after it broke. A request whose
 * answer is missing when the line breaks is not repeated: it may have been done.
 */
export class EngineLine {
  private socket: Socket | undefined;
  private reader = new HttpReader();
  private usedAt = 0;
  private isClosed = false;
  private waiting: { answer(message: HttpMessage): void; fail(reason: Error): void } | undefined;

  /** The engine's address may change: it gets a new port when it is started again. */
  constructor(private readonly engine: () => string) {}

  async ask(request: string): Promise<HttpMessage> {
    if (this.socket !== undefined && performance.now() - this.usedAt > STILL_MS) await this.hear();
    return new Promise((answer, fail) => {
      this.waiting = { answer, fail };
      this.socket ??= this.open();
      this.socket.ref();
      this.socket.write(request);
    });
  }

  /** What is being asked may still be done. Who asks after this gets an answer, and the line ends behind it. */
  close(): void {
    this.isClosed = true;
    this.socket?.destroy();
  }

  /** The loop may be past the place where it reads: then it comes there in its next turn. */
  private async hear(): Promise<void> {
    await turnOfTheLoop();
    await turnOfTheLoop();
  }

  private open(): Socket {
    const { hostname, port } = new URL(this.engine());
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.reader = new HttpReader();
    let reason = new Error("unable to ask the tables' engine; it closed the line");
    socket.on("data", (chunk: Buffer) => {
      try {
        for (const message of this.reader.read(chunk)) {
          // What waits for nothing keeps no thread awake.
          socket.unref();
          this.usedAt = performance.now();
          const { waiting } = this;
          this.waiting = undefined;
          waiting?.answer(message);
          if (this.isClosed) socket.destroy();
        }
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.on("error", (error) => (reason = error));
    // Closed while nobody waited: whoever asks next opens another.
    socket.on("end", () => {
      if (this.waiting === undefined && this.socket === socket) this.socket = undefined;
    });
    socket.on("close", () => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      this.waiting?.fail(reason);
      this.waiting = undefined;
    });
    return socket;
  }
}
