// A socket to the gateway as a terminal has one: JSON frames, one answer a `ref`. It knows three frames of PROTOCOL.md
// and nothing of the code behind them.

import { WebSocket } from "ws";

export type Frame = Readonly<Record<string, unknown>>;

/** Cold functions included. */
const PATIENCE_MS = 20_000;

const isFrame = (value: unknown): value is Frame => typeof value === "object" && value !== null;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export type TerminalSocket = {
  /** Resolves with the frame that repeats the ref, whatever it says. */
  ask(frame: Frame & { readonly action: string }): Promise<Frame>;
  close(): void;
};

export const openTerminalSocket = (socketUrl: string, accessToken: string): Promise<TerminalSocket> =>
  new Promise((opened, failed) => {
    const socket = new WebSocket(socketUrl, ["chat.v1", `jwt.${accessToken}`], {
      handshakeTimeout: PATIENCE_MS,
    });
    const waiting = new Map<string, (answer: Frame | Error) => void>();
    let asked = 0;

    const giveUp = (reason: string): void => {
      const error = new Error(`unable to talk to ${socketUrl}; ${reason}`);
      failed(error);
      for (const answer of waiting.values()) answer(error);
      waiting.clear();
    };

    const ask = (frame: Frame & { readonly action: string }): Promise<Frame> =>
      new Promise((resolve, reject) => {
        asked += 1;
        const ref = String(asked);
        const timer = setTimeout(
          () => giveUp(`"${frame.action}" was not answered in ${String(PATIENCE_MS / 1_000)} s`),
          PATIENCE_MS,
        );
        waiting.set(ref, (answer) => {
          clearTimeout(timer);
          waiting.delete(ref);
          if (answer instanceof Error) reject(answer);
          else resolve(answer);
        });
        socket.send(JSON.stringify({ ...frame, ref }));
      });

    socket.on("open", () => opened({ ask, close: () => socket.close() }));
    socket.on("error", (error) => giveUp(error.message));
    socket.on("close", (code) => giveUp(`it was closed with ${String(code)}`));
    socket.on("message", (bytes) => {
      const frame = parse(String(bytes));
      if (isFrame(frame)) waiting.get(String(frame["ref"]))?.(frame);
    });
  });
