import { describe, expect } from "vitest";
import { fact } from "./fact";
import type { Line } from "./line";

const KB = 1024;
const MOST_FRAME_BYTES = 32 * KB;
const MOST_MESSAGE_BYTES = 128 * KB;

/** A frame of the route `size` that is exactly so long. */
const sized = (bytes: number): string => {
  const empty = JSON.stringify({ action: "size", ref: "big", fill: "" });
  return empty.replace('""', () => `"${"x".repeat(bytes - empty.length)}"`);
};

const answer = (line: Line) => line.hears((frame) => frame["ref"] === "big", "the size");

describe("sizes of frames and messages", () => {
  fact(2, "a frame of 32 KB is taken, one byte more closes with 1009", async (stage) => {
    const [fits, bursts] = [await stage.enter(), await stage.enter()];
    fits.say(sized(MOST_FRAME_BYTES));
    expect(await answer(fits)).toMatchObject({ bytes: MOST_FRAME_BYTES });
    bursts.say(sized(MOST_FRAME_BYTES + 1));
    expect(await bursts.closed).toMatchObject({ code: 1009 });
  });

  fact(2, "a message of 128 KB in four frames is taken, one byte more closes with 1009", async (stage) => {
    const [fits, bursts] = [await stage.enter(), await stage.enter()];
    const four = [MOST_FRAME_BYTES, MOST_FRAME_BYTES, MOST_FRAME_BYTES, MOST_FRAME_BYTES];
    fits.saySplit(sized(MOST_MESSAGE_BYTES), four);
    expect(await answer(fits)).toMatchObject({ bytes: MOST_MESSAGE_BYTES });
    bursts.saySplit(sized(MOST_MESSAGE_BYTES + 1), [...four, 1]);
    expect(await bursts.closed).toMatchObject({ code: 1009 });
  });

  fact(2, "a binary frame closes with 1003", async (stage) => {
    const line = await stage.enter();
    line.socket.send(Buffer.from('{"action":"echo"}'), { binary: true });
    expect(await line.closed).toMatchObject({ code: 1003 });
  });

  fact(2, "@connections takes 128 KB and refuses one byte more with 413", async (stage) => {
    const line = await stage.enter();
    const id = await stage.connectionOf(line);
    expect(await stage.callBack("POST", id, { bytes: MOST_MESSAGE_BYTES })).toMatchObject({ status: 200 });
    await stage.eventually("the whole message", () =>
      Promise.resolve(line.heard.find((text) => text.length === MOST_MESSAGE_BYTES)),
    );
    expect(await stage.callBack("POST", id, { bytes: MOST_MESSAGE_BYTES + 1 })).toMatchObject({
      status: 413,
    });
  });
});
