import { describe, expect, it } from "vitest";
import { dayName, lastSeen, shortTimeOf } from "./times";

const now = new Date(2026, 2, 12, 12, 0).getTime(); // a Thursday
const at = (month: number, day: number, hour = 9, year = 2026) =>
  new Date(year, month - 1, day, hour).getTime();

describe("the day above a message", () => {
  it.each([
    [at(3, 12), "Today"],
    [at(3, 11, 23), "Yesterday"],
    [at(3, 10), "Tuesday"],
  ])("%s is called %s", (instant, name) => {
    expect(dayName(instant, now)).toBe(name);
  });

  it("is a date when it is longer ago, with the year when it is another one", () => {
    expect(dayName(at(2, 1), now)).toMatch(/February/);
    expect(dayName(at(2, 1), now)).not.toMatch(/2026/);
    expect(dayName(at(2, 1, 9, 2024), now)).toMatch(/2024/);
  });
});

describe("the time in the list", () => {
  it("gets coarser the longer ago it is", () => {
    expect(shortTimeOf(at(3, 12), now)).toMatch(/9:00/);
    expect(shortTimeOf(at(3, 11), now)).toBe("Yesterday");
    expect(shortTimeOf(at(3, 9), now)).toBe("Mon");
    expect(shortTimeOf(at(1, 9), now)).toMatch(/Jan/);
  });

  it("is a time of day for a clock that is ahead", () => {
    expect(shortTimeOf(now + 5_000, now)).toMatch(/12:00/);
  });
});

describe("when somebody was last seen", () => {
  it("is said as people say it", () => {
    expect(lastSeen(now - 10_000, now)).toBe("just now");
    expect(lastSeen(now - 5 * 60_000, now)).toBe("5 minutes ago");
    expect(lastSeen(at(3, 12, 8), now)).toMatch(/^today at 8:00/);
    expect(lastSeen(at(3, 11, 8), now)).toMatch(/^yesterday at 8:00/);
    expect(lastSeen(at(2, 1), now)).toMatch(/^on .*February/);
  });
});
