import type { IncomingMessage } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLines } from "./lines";
import { SEATS, type Seat } from "./seats";

const originOf = (seat: Seat) => `http://${seat}.parley.localhost:3001`;
/** The page of the same seat where names below localhost are not resolved. */
const plainOriginOf = (seat: Seat) => `http://localhost:${String(3002 + SEATS.indexOf(seat))}`;
const open = new Map<string, string | undefined>();

const lines = () =>
  createLines({
    seatOf: (origin) => SEATS.find((seat) => origin === originOf(seat) || origin === plainOriginOf(seat)),
    connections: {
      connections: () =>
        [...open].map(([id, origin]) => ({
          id,
          origin,
          connectedAt: 0,
          lastActiveAt: 0,
          sourceIp: "127.0.0.1",
        })),
      cut: (id) => open.delete(id),
    },
  });

// Only what is read of a request.
const handshake = (origin: string | undefined) =>
  ({ headers: { upgrade: "websocket", origin } }) as unknown as IncomingMessage;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  open.clear();
});

describe("a line of the demo", () => {
  it("breaks for one person only, and no handshake of theirs gets through", () => {
    const cut = lines();
    open.set("ada", originOf("ada")).set("ada at a port", plainOriginOf("ada"));
    open.set("grace", originOf("grace")).set("terminal", undefined);
    cut.cut("ada");

    expect([...open.keys()]).toEqual(["grace", "terminal"]);
    expect(cut.isCut("ada")).toBe(true);
    expect(cut.claims(handshake(originOf("ada")))).toBe(true);
    expect(cut.claims(handshake(plainOriginOf("ada")))).toBe(true);
    expect([originOf("grace"), undefined].some((origin) => cut.claims(handshake(origin)))).toBe(false);
    cut.restore("ada");
  });

  it("stays cut for a handshake that had begun before, until it is restored", () => {
    const cut = lines();
    cut.cut("ada");
    open.set("late", originOf("ada"));
    vi.advanceTimersByTime(300);
    expect(open.size).toBe(0);

    cut.restore("ada");
    open.set("again", originOf("ada"));
    vi.advanceTimersByTime(1_000);
    expect([...open.keys()]).toEqual(["again"]);
    expect(cut.claims(handshake(originOf("ada")))).toBe(false);
  });

  it("has no say over anything but handshakes", () => {
    const cut = lines();
    cut.cut("ada");
    const page = { headers: { origin: originOf("ada") } } as unknown as IncomingMessage;
    expect(cut.claims(page)).toBe(false);
    cut.restore("ada");
  });
});
