// A person who writes hundreds of messages in seconds, over a raw socket. Where the rate limit asks for a pause, the
// cloud's clock is advanced instead.

import { randomBytes } from "node:crypto";
import * as v from "valibot";
import { SEND_ENTRIES } from "../../core/domain/limits";
import { VERSION } from "../../core/protocol/version";
import { readAnnouncement } from "../../local/announcement";
import { Control } from "../chaos/system/control";
import { RawSocket } from "../fixtures/raw-socket";
import { TEST_SYSTEM } from "../fixtures/system";
import { at, type Talker } from "./people";

const control = new Control(() => ({
  address: TEST_SYSTEM.cloudAddress,
  token: readAnnouncement(TEST_SYSTEM.announcementFile)?.controlToken ?? "",
}));

const opened = v.object({ rows: v.tuple([v.object({ conversation: v.string() })]) });
const appended = v.object({ appended: v.optional(v.array(v.object({ seq: v.number() })), []) });
const paused = v.object({ code: v.literal("slow-down"), delayMs: v.number() });

export type Prolific = {
  /** Resolves when all texts stand in the log. `atOnce`: how many messages one frame carries. */
  write(texts: readonly string[], atOnce?: number): Promise<void>;
  close(): void;
};

export async function prolific({ account }: Talker, reader: Talker): Promise<Prolific> {
  const socket = await RawSocket.open(at.socketUrl, ["chat.v1", `jwt.${account.accessToken}`]);
  const device = `e2e-${randomBytes(6).toString("hex")}`;
  await socket.ask({ action: "hello", device, version: VERSION });
  const { rows } = v.parse(opened, await socket.ask({ action: "open", handle: reader.handle }));
  const [{ conversation }] = rows;
  let after = 0;

  /** Returns how many entries were appended. */
  async function send(entries: readonly object[]): Promise<number> {
    const answer = await socket.ask({ action: "send", conversation, device, after, entries });
    const done = v.parse(appended, answer).appended;
    after = done.at(-1)?.seq ?? after;
    if (answer["type"] === "ok") return entries.length;
    await control.turn(v.parse(paused, answer).delayMs + 1);
    return done.length;
  }

  return {
    write: async (texts, atOnce = SEND_ENTRIES) => {
      let left = texts.map((text) => ({
        kind: "message",
        id: randomBytes(9).toString("hex"),
        body: { text },
      }));
      while (left.length > 0) left = left.slice(await send(left.slice(0, atOnce)));
    },
    close: () => socket.close(),
  };
}

/** As many texts as `count`, made from the numbers from `from` on. */
export const numbered = (count: number, text: (number: number) => string, from = 1): readonly string[] =>
  Array.from({ length: count }, (_, index) => text(from + index));
