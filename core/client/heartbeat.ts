// Says now and then that this person is there. The server puts the socket's row again, so that pushes go on and the
// others see when they were last there. It takes the place of the ping of a page that nobody looks at.

import { HERE_EVERY_MS } from "../domain/limits";
import type { Device } from "./device.types";

/** What was not taken is said again, well before the row is over. */
const AGAIN_MS = 60_000;

export interface Heartbeat {
  /** The `hello` of this socket said it. */
  welcomed(): void;
  /** The server may know of this socket no more. */
  doubted(): void;
  stop(): void;
}

export function createHeartbeat({ timers, connection, id }: Device): Heartbeat {
  let cancel = () => {};
  let isSaying = false;

  function next(delayMs: number): void {
    cancel();
    cancel = timers.after(delayMs, () => void beat());
  }

  /** While there is no line there is nothing to say: the next one begins with `hello`. */
  async function beat(): Promise<void> {
    if (!connection.isUp()) return;
    next(HERE_EVERY_MS);
    isSaying = true;
    const reply = await connection.ask({ action: "here", device: id() });
    isSaying = false;
    if (reply.is === "refused") next(AGAIN_MS);
  }

  return {
    welcomed: () => next(HERE_EVERY_MS),
    doubted: () => {
      if (!isSaying) void beat();
    },
    stop: () => cancel(),
  };
}
