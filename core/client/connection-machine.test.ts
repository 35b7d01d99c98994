import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectionView, HIDDEN_SILENCE_MS, PONG_MS, SILENCE_MS, step } from "./connection-machine";
import type { ConnectionEvent, ConnectionState, Step, StepWorld } from "./connection-machine.types";
import { LONGEST_BACKOFF_MS } from "./backoff";

const WORLD: StepWorld = { now: 1_000_000, chance: 0.5, online: true, visible: true };
const HOUR = 3_600_000;
const TOKEN = { jwt: "a.b.c", expiresAt: WORLD.now + HOUR };

/** Where these events lead from the beginning, all at one instant. */
function after(...events: readonly ConnectionEvent[]): Step {
  const first: Step = { state: { is: "idle" }, effects: [], alarmMs: undefined };
  return events.reduce((before, event) => step(before.state, event, WORLD), first);
}

const TO_OPENING = [{ is: "start" }, { is: "token", token: TOKEN }] as const;
const TO_GREETING = [...TO_OPENING, { is: "opened" }] as const;
const GREETED = { is: "greeted", serverNow: WORLD.now } as const;
const TO_LIVE = [...TO_GREETING, GREETED, { is: "caught-up" }] as const;
const closed = (which: "up" | "coming") => ({ is: "closed", which }) as const;
const live = () => after(...TO_LIVE).state;
const later = (ms: number): StepWorld => ({ ...WORLD, now: WORLD.now + ms });
const effects = ({ effects: all }: Step) => all.map(({ is }) => is);

describe("a connection that comes up", () => {
  it("asks for a token, opens, says hello, catches up and is live", () => {
    expect(after({ is: "start" }).effects).toEqual([{ is: "ask-token", fresh: false }]);
    expect(after(...TO_OPENING).effects).toEqual([{ is: "open", jwt: "a.b.c" }]);
    expect(after(...TO_GREETING).effects).toEqual([{ is: "say-hello" }]);
    expect(after(...TO_GREETING, GREETED).state.is).toBe("catching-up");
    expect(live().is).toBe("live");
  });

  it("gives up each step that takes too long", () => {
    for (const events of [[{ is: "start" }] as const, TO_OPENING, TO_GREETING]) {
      const stuck = after(...events);
      expect(stuck.alarmMs).toBeGreaterThan(0);
      expect(step(stuck.state, { is: "alarm" }, WORLD).state.is).toBe("waiting");
    }
  });

  it("stops when the session has ended, and starts again by hand only, with a fresh token", () => {
    const stopped = after({ is: "start" }, { is: "token", token: "ended" });
    expect(connectionView(stopped.state)).toEqual({ is: "stopped", why: "session-ended" });

    for (const event of [{ is: "wake" }, closed("up"), { is: "alarm" }, { is: "start" }] as const)
      expect(step(stopped.state, event, WORLD).state).toBe(stopped.state);
    const again = step(stopped.state, { is: "reconnect-now" }, WORLD);
    expect(again.effects).toEqual([{ is: "ask-token", fresh: true }]);
  });

  it("takes a fresh token after a handshake that was refused, and not twice in a row", () => {
    const refused = after(...TO_OPENING, closed("coming"));
    const second = step(refused.state, { is: "alarm" }, WORLD);
    expect(second.effects).toEqual([{ is: "ask-token", fresh: true }]);

    const opening = step(second.state, { is: "token", token: TOKEN }, WORLD);
    const third = step(step(opening.state, closed("coming"), WORLD).state, { is: "alarm" }, WORLD);
    expect(third.effects).toEqual([{ is: "ask-token", fresh: false }]);
  });
});

describe("a connection that fails", () => {
  it("waits longer each time, up to half a minute, and anywhere below that", () => {
    let state: ConnectionState = after({ is: "start" }).state;
    const bounds = Array.from({ length: 8 }, () => {
      const lost = step(
        { ...state, is: "opening", token: TOKEN } as ConnectionState,
        closed("coming"),
        WORLD,
      );
      state = lost.state;
      return (lost.alarmMs as number) / WORLD.chance;
    });

    expect(bounds.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(Math.max(...bounds)).toBe(LONGEST_BACKOFF_MS);
    const luckiest = step(live(), closed("up"), { ...WORLD, chance: 0 });
    expect(luckiest.alarmMs).toBe(0);
  });

  it("starts from the shortest wait again once it has held for a while", () => {
    const shaky = { ...live(), attempt: 6 } as ConnectionState;

    const atOnce = step(shaky, closed("up"), WORLD);
    const afterAWhile = step(shaky, closed("up"), later(60_000));

    expect(atOnce.alarmMs).toBe(15_000);
    expect(afterAWhile.alarmMs).toBe(500);
  });

  it("drops the socket when an answer is overdue", () => {
    const next = step(live(), { is: "overdue", which: "up" }, WORLD);

    expect(next.state.is).toBe("waiting");
    expect(effects(next)).toEqual(["drop"]);
  });

  it("tells when it will try again", () => {
    const view = connectionView(step(live(), closed("up"), later(60_000)).state);

    expect(view).toEqual({ is: "reconnecting", retryAt: WORLD.now + 60_500 });
  });

  it("does not wait while somebody looks", () => {
    const waiting = step(live(), closed("up"), WORLD);

    expect(effects(step(waiting.state, { is: "wake" }, WORLD))).toEqual(["ask-token"]);
    expect(effects(step(waiting.state, { is: "reconnect-now" }, WORLD))).toEqual(["ask-token"]);
  });
});

describe("a quiet connection", () => {
  it("is asked every minute where somebody may look, and else before the gateway would cut it", () => {
    expect(step(live(), { is: "heard" }, WORLD).alarmMs).toBe(SILENCE_MS);
    expect(step(live(), { is: "heard" }, { ...WORLD, visible: false }).alarmMs).toBe(HIDDEN_SILENCE_MS);
    expect(HIDDEN_SILENCE_MS).toBeLessThan(9 * 60_000);
  });

  it("is dead when a ping is not answered", () => {
    const pinged = step(live(), { is: "alarm" }, later(SILENCE_MS));
    expect(effects(pinged)).toEqual(["ping"]);
    expect(pinged.alarmMs).toBe(PONG_MS);
    expect(step(pinged.state, { is: "alarm" }, later(SILENCE_MS + PONG_MS)).state.is).toBe("waiting");
  });

  it("is alive when anything at all is heard", () => {
    const pinged = step(live(), { is: "alarm" }, later(SILENCE_MS));

    const heard = step(pinged.state, { is: "heard" }, later(SILENCE_MS + 1));

    expect(effects(step(heard.state, { is: "alarm" }, later(2 * SILENCE_MS)))).toEqual(["ping"]);
  });

  it("is looked after at once when the page is looked at", () => {
    const woken = step(live(), { is: "wake" }, WORLD);

    expect(effects(woken)).toEqual(["ping"]);
    expect(woken.alarmMs).toBe(PONG_MS);
    expect(step(woken.state, { is: "wake" }, WORLD).effects).toEqual([]);
  });
});

describe("a connection whose end is near", () => {
  const renewing = (...events: readonly ConnectionEvent[]) => {
    const due = step(live(), { is: "alarm" }, later(HOUR));
    return events.reduce((before, event) => step(before.state, event, later(HOUR)), due);
  };
  const TO_SECOND_HELLO = [{ is: "token", token: TOKEN }, { is: "opened" }] as const;

  it("opens another with a fresh token, and gives up the old one only when that is welcomed", () => {
    expect(renewing().effects).toEqual([{ is: "ask-token", fresh: true }]);
    expect(effects(renewing(TO_SECOND_HELLO[0]))).toEqual(["open"]);
    expect(effects(renewing(...TO_SECOND_HELLO))).toEqual(["say-hello"]);
    const welcomed = renewing(...TO_SECOND_HELLO, GREETED);

    expect(effects(welcomed)).toEqual(["hand-over"]);
    expect(welcomed.state.is).toBe("live");
  });

  it("is shown as it is while that goes on", () => {
    expect(connectionView(renewing(...TO_SECOND_HELLO).state)).toEqual({ is: "live" });
  });

  it.each([
    ["no token", { is: "token", token: "unreachable" }],
    ["no socket", closed("coming")],
    ["too slow", { is: "alarm" }],
  ] as const)("stays with the old one and tries again when there is %s", (_, event) => {
    const failed = renewing(event);

    expect(failed.state.is).toBe("live");
    expect(effects(failed)).toEqual(["drop", "ping"]);
    expect(failed.effects[0]).toMatchObject({ which: "coming" });
    const heard = step(failed.state, { is: "heard" }, later(HOUR));
    const again = step(heard.state, { is: "alarm" }, later(HOUR + (heard.alarmMs as number)));
    expect(effects(again)).toEqual(["ask-token"]);
  });

  it("goes on with the new one alone when the old one ends first", () => {
    const alone = renewing(TO_SECOND_HELLO[0], closed("up"));

    expect(alone.effects).toEqual([{ is: "drop", which: "up" }]);
    expect(alone.state.is).toBe("opening");
    expect(alone.alarmMs).toBe("keep");
  });

  it("stops when there is no session to renew it from", () => {
    const stopped = renewing({ is: "token", token: "ended" });

    expect(connectionView(stopped.state)).toEqual({ is: "stopped", why: "session-ended" });
  });

  const renewAfter = (deviceIsAheadMs: number) => {
    const now = WORLD.now + deviceIsAheadMs;
    const world = { ...WORLD, now };
    const idle: ConnectionState = { is: "idle" };
    const greeted = TO_GREETING.reduce<ConnectionState>(
      (state, event) => step(state, event, world).state,
      idle,
    );
    const up = step(greeted, GREETED, world).state;
    if (!("renewAt" in up)) throw new Error(`unable to tell when a ${up.is} connection is renewed`);
    return up.renewAt - now;
  };

  it("is told by the server's clock, whatever the device's says", () => {
    expect(renewAfter(0)).toBeGreaterThan(50 * 60_000);
    expect(renewAfter(2 * HOUR)).toBe(renewAfter(0));
    expect(renewAfter(-2 * HOUR)).toBe(renewAfter(0));
  });

  it("is not put off by a clock that is set back", () => {
    const woken = step(live(), { is: "wake" }, later(-24 * HOUR)).state;

    expect(woken).toMatchObject({ is: "live", renewAt: WORLD.now - 24 * HOUR + 110 * 60_000 });
  });
});

describe("a connection without a network", () => {
  it("drops what it has, waits for no time, and is back when the network is", () => {
    const off = step(live(), { is: "network", online: false }, { ...WORLD, online: false });
    expect(connectionView(off.state)).toEqual({ is: "offline" });
    expect(effects(off)).toEqual(["drop"]);
    expect(off.alarmMs).toBeUndefined();

    expect(effects(step(off.state, { is: "network", online: true }, WORLD))).toEqual(["ask-token"]);
  });

  it("does not try where there is none", () => {
    const next = step({ is: "idle" }, { is: "start" }, { ...WORLD, online: false });

    expect(next.state.is).toBe("offline");
  });
});

describe("a connection that the server ends", () => {
  it("comes back at the time that it was told", () => {
    const next = step(live(), { is: "bye", why: "maintenance", delayMs: 7_000 }, WORLD);

    expect(next.alarmMs).toBe(7_500);
  });

  it("does not come back when no time was told", () => {
    const next = step(live(), { is: "bye", why: "signed-out" }, WORLD);

    expect(connectionView(next.state)).toEqual({ is: "stopped", why: "signed-out" });
  });

  it("stops when it is too old", () => {
    const next = step(after(...TO_GREETING).state, { is: "outdated" }, WORLD);

    expect(connectionView(next.state)).toEqual({ is: "stopped", why: "version" });
    expect(effects(next)).toEqual(["drop"]);
  });
});

describe("whatever happens, in whatever order", () => {
  const EVENTS: readonly ConnectionEvent[] = [
    { is: "start" },
    { is: "reconnect-now" },
    { is: "token", token: TOKEN },
    { is: "token", token: "unreachable" },
    { is: "opened" },
    GREETED,
    { is: "caught-up" },
    { is: "heard" },
    { is: "alarm" },
    { is: "wake" },
    closed("up"),
    closed("coming"),
    { is: "overdue", which: "up" },
    { is: "network", online: true },
    { is: "bye", why: "maintenance", delayMs: 1_000 },
  ];

  it("a socket that serves is given up for its own end, for a successor that was welcomed, or not at all", () => {
    const happening = fc.record({ event: fc.constantFrom(...EVENTS), afterMs: fc.nat(HOUR) });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        let [state, now, serving]: [ConnectionState, number, boolean] = [{ is: "idle" }, WORLD.now, false];
        for (const { event, afterMs } of happenings) {
          now += afterMs;
          const wasChecking = "checking" in state && state.checking;
          const next = step(state, event, { ...WORLD, now });
          const gone = next.effects.some((one) => one.is === "drop" && one.which !== "coming");
          const mayGo =
            ("which" in event && event.which === "up") ||
            event.is === "bye" ||
            (event.is === "alarm" && wasChecking);
          if (serving && gone) expect(mayGo).toBe(true);
          if (gone) serving = false;
          if (next.effects.some(({ is }) => is === "hand-over")) serving = true;
          state = next.state;
          const isUp = state.is === "live" || state.is === "catching-up" || state.is === "renewing";
          expect(isUp).toBe(serving);
          expect(isUp && next.alarmMs === undefined).toBe(false);
        }
      }),
    );
  });
});
