// Frames that a socket does not outlive, and how it must end. Some are none that `ws` would make, so they are written to
// the bare line.

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { randomBytes } from "node:crypto";
import type { Random } from "../../core/domain/ports/clock";
import { below } from "../../core/testing/seeded-random";
import { MOST_FRAME_BYTES } from "./hostile-frame";
import { pick } from "./nasty";

type Breaker = {
  readonly about: string;
  readonly bytes: (random: Random) => Buffer;
  /** The close code; "cut": the gateway is left with half a frame, by a client that goes. */
  readonly ends: number | "cut";
};

const [CONTINUATION, TEXT, BINARY, CLOSE, PING] = [0x0, 0x1, 0x2, 0x8, 0x9];
const [FIN, MASKED] = [0x80, 0x80];

/** As a client must send it: masked. Here with nothing, which leaves the bytes as they are. */
function frame(first: number, payload: Buffer, { mask = MASKED, size = payload.length } = {}): Buffer {
  const length =
    size < 126
      ? Buffer.from([mask | size])
      : size < 65_536
        ? Buffer.from([mask | 126, size >> 8, size & 0xff])
        : Buffer.from([mask | 127, ...eightBytes(size)]);
  return Buffer.concat([Buffer.from([first]), length, Buffer.alloc(mask ? 4 : 0), payload]);
}

const eightBytes = (size: number): readonly number[] => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(size));
  return [...bytes];
};

const HELLO = Buffer.from('{"action":"inbox","ref":"r"}');
/** Half a character, one in too many bytes, half of a pair, one past the last, and no beginning. */
const BROKEN = ["f09f92", "c080", "eda080", "f4908080", "80"].map((hex) => Buffer.from(hex, "hex"));

export const BREAKERS: readonly Breaker[] = [
  { about: "a binary frame", ends: 1003, bytes: () => frame(FIN | BINARY, HELLO) },
  { about: "bytes in a binary frame", ends: 1003, bytes: () => frame(FIN | BINARY, randomBytes(60)) },
  {
    about: "a text that is no UTF-8",
    ends: 1007,
    bytes: (random) =>
      frame(
        FIN | TEXT,
        Buffer.concat([HELLO.subarray(0, below(random, HELLO.length)), pick(random, BROKEN)]),
      ),
  },
  {
    about: "a frame one byte too long",
    ends: 1009,
    bytes: () => frame(FIN | TEXT, filled(MOST_FRAME_BYTES + 1)),
  },
  {
    about: "a message too long in pieces that are not",
    ends: 1009,
    bytes: () =>
      Buffer.concat([
        frame(TEXT, filled(MOST_FRAME_BYTES)),
        ...Array.from({ length: 4 }, () => frame(CONTINUATION, filled(MOST_FRAME_BYTES))),
      ]),
  },
  {
    about: "a frame that says it is a petabyte long",
    ends: 1009,
    bytes: () => frame(FIN | TEXT, HELLO, { size: 2 ** 50 }),
  },
  { about: "an unmasked frame", ends: 1002, bytes: () => frame(FIN | TEXT, HELLO, { mask: 0 }) },
  {
    about: "an opcode that is none",
    ends: 1002,
    bytes: (random) => frame(FIN | (3 + below(random, 5)), HELLO),
  },
  {
    about: "a reserved bit",
    ends: 1002,
    bytes: (random) => frame(FIN | TEXT | pick(random, [0x40, 0x20, 0x10]), HELLO),
  },
  { about: "a piece of nothing", ends: 1002, bytes: () => frame(FIN | CONTINUATION, HELLO) },
  {
    about: "a message inside a message",
    ends: 1002,
    bytes: () => Buffer.concat([frame(TEXT, HELLO), frame(FIN | TEXT, HELLO)]),
  },
  { about: "a ping in pieces", ends: 1002, bytes: () => frame(PING, HELLO) },
  { about: "a ping that is too long", ends: 1002, bytes: () => frame(FIN | PING, filled(126)) },
  { about: "a close of one byte", ends: 1002, bytes: () => frame(FIN | CLOSE, Buffer.from([3])) },
  {
    about: "a close with a code that is none",
    ends: 1002,
    bytes: () => frame(FIN | CLOSE, Buffer.from([0, 1])),
  },
  { about: "half a frame", ends: "cut", bytes: () => frame(FIN | TEXT, HELLO, { size: 1_000 }) },
];

const filled = (length: number): Buffer => Buffer.alloc(length, "x");

const PATIENCE_MS = 10_000;

/** What went wrong, if anything did. */
export async function breakOne(random: Random, url: string, token: string): Promise<string | undefined> {
  const breaker = pick(random, BREAKERS);
  const socket = await handshake(new URL(url), token);
  const timer = setTimeout(() => socket.destroy(), PATIENCE_MS);
  try {
    const heard: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => heard.push(chunk));
    socket.on("error", () => undefined);
    socket.write(breaker.bytes(random));
    if (breaker.ends === "cut") {
      socket.destroy();
      return undefined;
    }
    while (closeCode(heard) === undefined && !socket.destroyed)
      await Promise.race([once(socket, "data"), once(socket, "close")]);
    const code = closeCode(heard);
    if (code === breaker.ends) return undefined;
    return `${breaker.about} ended with ${code ?? "no close frame"} and not with ${breaker.ends}`;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

/** Of the one frame that came: an answer on its way may stand before it. */
function closeCode(heard: readonly Buffer[]): number | undefined {
  let bytes = Buffer.concat(heard);
  while (bytes.length >= 4) {
    const short = (bytes[1] ?? 0) & 0x7f;
    const [start, size] = short === 126 ? [4, bytes.readUInt16BE(2)] : [2, short];
    if ((bytes[0] ?? 0) === (FIN | CLOSE)) return size >= 2 ? bytes.readUInt16BE(start) : 1005;
    bytes = bytes.subarray(start + size);
  }
  return undefined;
}

async function handshake({ hostname, port, pathname, host }: URL, token: string): Promise<Socket> {
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, "connect");
  socket.write(
    [
      `GET ${pathname} HTTP/1.1`,
      `Host: ${host}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
      `Sec-WebSocket-Protocol: chat.v1, jwt.${token}`,
      "\r\n",
    ].join("\r\n"),
  );
  const [head] = (await once(socket, "data")) as [Buffer];
  if (head.toString().startsWith("HTTP/1.1 101")) return socket;
  throw new Error(`unable to attack; the handshake was answered ${head.toString().slice(0, 200)}`);
}
