import { describe, expect, it } from "vitest";
import { connectionView, PONG_MS, SILENCE_MS, step } from "./connection-machine";
import type { ConnectionEvent, ConnectionState, Step, StepWorld } from "./connection-machine";
import { LONGEST_BACKOFF_MS } from "./backoff";

const WORLD: StepWorld = { now: 1_000_000, chance: 0.5, online: true };
const HOUR = 3_600_000;
const TOKEN = { jwt: "a.b.c", expiresAt: WORLD.now + HOUR };

/** Where these events lead from the beginning, all at one instant. */
function after(...events: readonly ConnectionEvent[]): Step {
  const first: Step = { state: { is: "idle" }, effects: [], alarmMs: undefined };
  return events.reduce((before, event) => step(before.state, event, WORLD), first);
}

const TO_OPENING = [{ is: "start" }, { is: "token", token: TOKEN }] as const;
const TO_GREETING = [...TO_OPENING, { is: "opened" }] as const;
const TO_LIVE = [...TO_GREETING, { is: "greeted" }, { is: "caught-up" }] as const;
const live = () => after(...TO_LIVE).state;
const later = (ms: number): StepWorld => ({ ...WORLD, now: WORLD.now + ms });
const effects = ({ effects: all }: Step) => all.map(({ is }) => is);

describe("a connection that comes up", () => {
  it("asks for a token, opens, says hello, catches up and is live", () => {
    expect(after({ is: "start" }).effects).toEqual([{ is: "ask-token", fresh: false }]);
    expect(after(...TO_OPENING).effects).toEqual([{ is: "open", jwt: "a.b.c" }]);
    expect(after(...TO_GREETING).effects).toEqual([{ is: "say-hello" }]);
    expect(after(...TO_GREETING, { is: "greeted" }).state.is).toBe("catching-up");
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

    for (const is of ["wake", "closed", "alarm", "start"] as const)
      expect(step(stopped.state, { is }, WORLD).state).toBe(stopped.state);
    const again = step(stopped.state, { is: "reconnect-now" }, WORLD);
    expect(again.effects).toEqual([{ is: "ask-token", fresh: true }]);
  });

  it("takes a fresh token after a handshake that was refused, and not twice in a row", () => {
    const refused = after(...TO_OPENING, { is: "closed" });
    const second = step(refused.state, { is: "alarm" }, WORLD);
    expect(second.effects).toEqual([{ is: "ask-token", fresh: true }]);

    const opening = step(second.state, { is: "token", token: TOKEN }, WORLD);
    const third = step(step(opening.state, { is: "closed" }, WORLD).state, { is: "alarm" }, WORLD);
    expect(third.effects).toEqual([{ is: "ask-token", fresh: false }]);
  });
});

describe("a connection that fails", () => {
  it("waits longer each time, up to half a minute, and anywhere below that", () => {
    let state: ConnectionState = live();
    const bounds = Array.from({ length: 8 }, () => {
      const lost = step(
        { ...state, is: "opening", token: TOKEN } as ConnectionState,
        { is: "closed" },
        WORLD,
      );
      state = lost.state;
      return (lost.alarmMs as number) / WORLD.chance;
    });

    expect(bounds.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(Math.max(...bounds)).toBe(LONGEST_BACKOFF_MS);
    const luckiest = step(live(), { is: "closed" }, { ...WORLD, chance: 0 });
    expect(luckiest.alarmMs).toBe(0);
  });

  it("starts from the shortest wait again once it has held for a while", () => {
    const shaky = { ...live(), attempt: 6 } as ConnectionState;

    const atOnce = step(shaky, { is: "closed" }, WORLD);
    const afterAWhile = step(shaky, { is: "closed" }, later(60_000));

    expect(atOnce.alarmMs).toBe(15_000);
    expect(afterAWhile.alarmMs).toBe(500);
  });

  it("drops the socket when an answer is overdue", () => {
    const next = step(live(), { is: "overdue" }, WORLD);

    expect(next.state.is).toBe("waiting");
    expect(effects(next)).toEqual(["drop"]);
  });

  it("tells when it will try again", () => {
    const view = connectionView(step(live(), { is: "closed" }, later(60_000)).state);

    expect(view).toEqual({ is: "reconnecting", retryAt: WORLD.now + 60_500 });
  });

  it("does not wait while somebody looks", () => {
    const waiting = step(live(), { is: "closed" }, WORLD);

    expect(effects(step(waiting.state, { is: "wake" }, WORLD))).toEqual(["ask-token"]);
    expect(effects(step(waiting.state, { is: "reconnect-now" }, WORLD))).toEqual(["ask-token"]);
  });
});

describe("a quiet connection", () => {
  it("pings before the gateway would cut it, and is dead when nothing comes back", () => {
    expect(step(live(), { is: "heard" }, WORLD).alarmMs).toBe(SILENCE_MS);

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

  it("is replaced before its token expires, with a fresh one", () => {
    const next = step(live(), { is: "alarm" }, later(HOUR));

    expect(next.effects).toEqual([{ is: "drop" }, { is: "ask-token", fresh: true }]);
  });

  it("is not replaced over and over where the clock is wrong", () => {
    const wrong = { jwt: "a.b.c", expiresAt: WORLD.now - HOUR };
    const greeting = after({ is: "start" }, { is: "token", token: wrong }, { is: "opened" });
    const state = step(greeting.state, { is: "greeted" }, WORLD).state;

    expect(effects(step(state, { is: "alarm" }, later(5 * 60_000)))).toEqual(["ping"]);
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
    const next = step(live(), { is: "bye", why: "session-ended", delayMs: 7_000 }, WORLD);

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
