import { connect, type Socket } from "node:net";
import { type HttpMessage, HttpReader } from "./http-reader";

/**
 * A line to the engine, one request at a time, opened when it is needed and again after it broke. A request whose
 * answer is missing when the line breaks is not repeated: it may have been done.
 */
export class EngineLine {
  private socket: Socket | undefined;
  private reader = new HttpReader();
  private waiting: { answer(message: HttpMessage): void; fail(reason: Error): void } | undefined;

  /** The engine's address may change: it gets a new port when it is started again. */
  constructor(private readonly engine: () => string) {}

  ask(request: string): Promise<HttpMessage> {
    return new Promise((answer, fail) => {
      this.waiting = { answer, fail };
      this.socket ??= this.open();
      this.socket.ref();
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket?.destroy();
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
          this.waiting?.answer(message);
        }
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.on("error", (error) => (reason = error));
    socket.on("close", () => {
      if (this.socket === socket) this.socket = undefined;
      this.waiting?.fail(reason);
    });
    return socket;
  }
}
