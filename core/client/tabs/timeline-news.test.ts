import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kept, stretch } from "../plays/logbook";
import { timelineOf, type Timeline } from "../timeline";
import { newsOf, withNews } from "./timeline-news";

const holding = (entries: Timeline["entries"]): Timeline => ({ ...timelineOf(kept()), entries });
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

describe("news of a timeline", () => {
  it("make the timeline that it is now of the one that was told, whatever was added, cut or replaced", () => {
    const ALL = stretch(1, 30);
    const some = fc.subarray(ALL);
    fc.assert(
      fc.property(some, some, (before, now) => {
        const told = holding(before);
        const news = copy(newsOf(told, holding(now)));

        expect(withNews(told, news)).toEqual(holding(now));
      }),
    );
  });

  it("hold only what is new, above or below, and leave the rest the very same objects", () => {
    const all = stretch(1, 50);
    const told = holding(all.slice(10, 40));

    expect(newsOf(told, holding(all.slice(10, 41))).entries).toEqual(all.slice(40, 41));
    expect(newsOf(told, holding(all.slice(5, 40))).entries).toEqual(all.slice(5, 10));
    const after = withNews(told, copy(newsOf(told, holding(all.slice(5, 41)))));
    expect(after.entries).toHaveLength(36);
    const same = holding(told.entries);
    expect(withNews(told, newsOf(told, same)).entries).toBe(told.entries);
  });
});
