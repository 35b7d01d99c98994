// A person's device as the product's client is one: what is written waits in an outbox, one `send` a conversation is
// unanswered at a time, and it takes with it all that waits (core/client/sender.ts). What it gets it says it has stored.

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { WebSocket } from "ws";
import { SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX, VERSION } from "../../core/protocol/version";
import type { Account } from "../../tests/fixtures/account";
import type { Place } from "../../tests/fixtures/place";
import { createMarks, type Stored } from "./marks";

export type Frame = Readonly<Record<string, unknown>>;

export type Device = {
  ask(frame: Frame): Promise<Frame>;
  readonly name: string;
  close(): void;
};

export type Told = { readonly entries: readonly (Stored & { readonly id: string })[] };

export const protocolsFor = (accessToken: string) => [
  SUBPROTOCOL,
  `${TOKEN_SUBPROTOCOL_PREFIX}${accessToken}`,
];

export async function openDevice(
  place: Place,
  { accessToken }: Account,
  onEntries: (told: Told) => void = () => undefined,
): Promise<Device> {
  const socket = new WebSocket(place.socketUrl, protocolsFor(accessToken));
  const waiting = new Map<string, (frame: Frame) => void>();
  let refs = 0;
  const marks = createMarks(({ conversation, seq }) =>
    socket.send(JSON.stringify({ action: "mark", ref: `r${++refs}`, conversation, delivered: seq })),
  );
  const toldOf = (told: Told) => {
    told.entries.forEach(marks.stored);
    onEntries(told);
  };
  socket.on("message", (bytes: Buffer) => {
    // The cloud's own frames, which tests/wire holds to the protocol.
    const frame = JSON.parse(bytes.toString()) as Frame;
    if (frame["type"] === "entries") return toldOf(frame as Frame & Told);
    const ref = String(frame["ref"]);
    waiting.get(ref)?.(frame);
    waiting.delete(ref);
  });
  await once(socket, "open");
  const ask = (frame: Frame) =>
    new Promise<Frame>((resolve) => {
      const ref = `r${++refs}`;
      waiting.set(ref, resolve);
      socket.send(JSON.stringify({ ...frame, ref }));
    });
  const name = randomBytes(12).toString("base64url");
  const welcome = await ask({ action: "hello", device: name, version: VERSION });
  if (welcome["type"] !== "welcome") throw new Error(`unable to measure; ${JSON.stringify(welcome)}`);
  const close = () => {
    marks.stop();
    socket.terminate();
  };
  return { ask, name, close };
}
