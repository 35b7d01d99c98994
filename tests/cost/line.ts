// The sockets of one device, on Node, that know what is still on its way: an answer for every question, a pong for
// every ping. What was posted before is with the client once a control ping has come back, for a socket
// keeps the order; control frames are no messages, so the meter does not see them.

import * as v from "valibot";
import { WebSocket } from "ws";
import type { Sockets } from "../../core/client/ports/socket";
import { isTold } from "../../core/protocol/told";
import type { Errands } from "./errands";

const frame = v.object({
  ref: v.optional(v.string()),
  action: v.optional(v.string()),
  type: v.optional(v.string()),
  /** Of the gateway itself: its errors name no frame. */
  message: v.optional(v.string()),
});

export type Line = Sockets & {
  /** Frames either way so far. */
  readonly frames: () => number;
  /** What runs a function and is answered by nothing: frames that were told, sockets that were open and are no more. */
  readonly unanswered: () => number;
  /** All that was sent down before has been heard. */
  readonly heardAll: () => Promise<void>;
};

export function createLine(errands: Errands, said: (action: string) => void): Line {
  const open = new Set<WebSocket>();
  let frames = 0;
  let unanswered = 0;

  return {
    frames: () => frames,
    unanswered: () => unanswered,
    heardAll: async () => {
      await Promise.all([...open].map(heard));
    },
    connect: ({ url, protocols }, events) => {
      const socket = new WebSocket(url, [...protocols]);
      const opening = errands.begin("a handshake");
      const asked = new Map<string, () => void>();
      let closing = () => {};
      socket.on("open", () => {
        open.add(socket);
        opening();
        events.opened();
      });
      socket.on("message", (body: Buffer) => {
        frames += 1;
        const text = body.toString();
        events.message(text);
        const { name, trouble } = read(text);
        if (trouble) errands.fail(`the gateway said ${text}`);
        asked.get(name)?.();
      });
      // Followed by a close.
      socket.on("error", () => {});
      socket.on("close", (code: number, reason: Buffer) => {
        if (open.delete(socket)) unanswered += 1;
        events.closed(code, reason.toString());
        for (const done of [opening, closing, ...asked.values()]) done();
      });
      return {
        send: (text) => {
          frames += 1;
          const { name, action } = read(text);
          said(action);
          if (isTold(action)) unanswered += 1;
          else asked.set(name, errands.begin(`the answer to ${text.slice(0, 60)}`));
          socket.send(text);
        },
        close: () => {
          closing = errands.begin("a closing handshake");
          socket.close(1000);
        },
      };
    },
  };
}

const heard = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      socket.off("pong", done).off("close", done);
      resolve();
    };
    socket.on("pong", done).on("close", done).ping();
  });

/** A question and its answer have one name: the `ref`, and for a ping and its pong that they have none. */
function read(text: string): { readonly name: string; readonly action: string; readonly trouble: boolean } {
  const { ref, action, type, message } = v.parse(frame, JSON.parse(text));
  const isPing = action === "ping" || type === "pong";
  const trouble = message !== undefined && type === undefined;
  return { name: ref ?? (isPing ? "ping" : "pushed"), action: action ?? "", trouble };
}
