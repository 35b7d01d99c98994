// What Node's HTTP client takes for a socket: HTTP goes in, and the answer of whoever serves it comes out, in the same thread.
// Of a socket's own methods it has those that the client and its agents call.

import { Duplex } from "node:stream";
import { type HttpMessage, HttpReader } from "./http-reader";

/** The answer as it stands on the wire. A rejection breaks the line, as a server that is gone does. */
type Serve = (message: HttpMessage) => Promise<string>;

export class OutpostSocket extends Duplex {
  private readonly reader = new HttpReader();
  /** One request at a time, as HTTP has it; what comes early waits. */
  private before: Promise<void> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly serve: Serve) {
    super({ autoDestroy: true });
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.idle?.refresh();
    try {
      for (const message of this.reader.read(chunk))
        this.before = this.before
          .then(() => this.serve(message))
          .then(
            (answer) => {
              this.idle?.refresh();
              if (!this.destroyed) this.push(answer);
            },
            () => void this.destroy(),
          );
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  override _read(): void {
    // What is answered is pushed when it is there.
  }

  override _final(done: () => void): void {
    void this.before.then(() => {
      if (!this.destroyed) this.push(null);
      done();
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.idle);
    done(error);
  }

  setTimeout(ms: number, listener?: () => void): this {
    clearTimeout(this.idle);
    this.idle = ms > 0 ? setTimeout(() => this.emit("timeout"), ms).unref() : undefined;
    if (listener && ms > 0) this.once("timeout", listener);
    else if (listener) this.off("timeout", listener);
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  /** What waits for an answer keeps its thread awake by the line behind. */
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
